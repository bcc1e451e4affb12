import { open } from 'node:fs/promises';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { Layout } from '../sinks/layout.ts';
import type { Store } from '../stores/store.ts';

/** Where published files are. */
export interface PublishedPlace {
  readonly store: Store;
  readonly layout: Layout;
}

/** A published file that the page may show. */
export interface ShownFile {
  /** Below the dataset's folder: `previews/j8bt05njq_flt.jpg`. */
  readonly name: string;
  readonly size: number;
}

const shownTypes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
const largestShown = 32 * 1024 * 1024;
const tailBytes = 64 * 1024;

/** The images, logs and the manifest that were published with a dataset. */
export async function shownFiles(
  dataset: DatasetName,
  { store, layout }: PublishedPlace,
): Promise<readonly ShownFile[]> {
  const folder = layout.dataFolder(dataset);
  const files: ShownFile[] = [];
  for await (const { key, size } of store.list(folder)) {
    const name = key.slice(folder.length + 1);
    if (typeOf(name) !== undefined) files.push({ name, size });
  }
  return files;
}

/** One of them with its media type, or undefined where there is none of that very name, or it is too large to show. */
export async function readShownFile(
  dataset: DatasetName,
  { name, ...place }: PublishedPlace & { readonly name: string },
): Promise<{ readonly type: string; readonly body: Uint8Array } | undefined> {
  const file = (await shownFiles(dataset, place)).find((each) => each.name === name);
  const type = typeOf(name);
  if (file === undefined || type === undefined || file.size > largestShown) return undefined;
  const body = await place.store.read(`${place.layout.dataFolder(dataset)}/${name}`);
  return body === undefined ? undefined : { type, body };
}

/** The last 64 KiB of what the programs wrote: from the work directory of a failed attempt, else from what was published. */
export async function logTail(
  dataset: DatasetName,
  { log, ...place }: PublishedPlace & { readonly log?: string | undefined },
): Promise<string | undefined> {
  if (log !== undefined) return tailOfFile(log);
  const found = await readShownFile(dataset, {
    ...place,
    name: place.layout.logName('process.txt'),
  });
  if (found === undefined) return undefined;
  return Buffer.from(found.body.subarray(-tailBytes)).toString();
}

async function tailOfFile(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - tailBytes);
      const buffer = Buffer.alloc(size - start);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead).toString();
    } finally {
      await file.close();
    }
  } catch (error) {
    // ENOENT: no program has run yet, or the work directory was pruned.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function typeOf(name: string): string | undefined {
  return shownTypes[name.slice(name.lastIndexOf('.') + 1)];
}
