import { join } from 'node:path';
import type { FileSystem } from '../../ports/file-system.ts';
import type { PublishedFiles } from './published-files.ts';

/** A small image that stands for a large one. */
export interface Thumbnail {
  /** The product it shows: `j8cb010b0_flt`. */
  readonly title: string;
  /** The image itself, as an address that holds it. */
  readonly data: string;
  /** Path of the full preview, or of the small one where there is none. */
  readonly full: string;
}

const types: Readonly<Record<string, string>> = { jpg: 'image/jpeg', png: 'image/png' };

/** Larger images are linked, not put into the report. */
const mostBytes = 100_000;

/**
 * The thumbnails among the previews of a dataset, in the order of their names. Those that cannot be read are left out.
 *
 * @param options.most - how many at most
 */
export async function thumbnailsOf(
  { folder, manifest }: PublishedFiles,
  options: { readonly fileSystem: Pick<FileSystem, 'readFile'>; readonly most: number },
): Promise<readonly Thumbnail[]> {
  const names = new Set(manifest.outputs.map(({ name }) => name));
  const thumbnails: Thumbnail[] = [];
  for (const { name, size } of manifest.outputs) {
    const [, base = '', extension = ''] = /^(.*)_thumb\.(jpg|png)$/.exec(name) ?? [];
    const type = types[extension];
    if (type === undefined || size > mostBytes || thumbnails.length >= options.most) continue;
    const full = `${base}.${extension}`;
    try {
      const bytes = await options.fileSystem.readFile(join(folder, name));
      thumbnails.push({
        title: base.slice(base.lastIndexOf('/') + 1),
        data: `data:${type};base64,${bytes.toString('base64')}`,
        full: join(folder, names.has(full) ? full : name),
      });
    } catch {
      // Gone since it was published (ENOENT): the report says nothing of it.
    }
  }
  return thumbnails;
}
