import { join } from 'node:path';
import type { FileSystem } from '../../ports/file-system.ts';
import { parseManifest, type Manifest } from '../../sinks/manifest.ts';

/** What a published dataset consists of, where that can be read from here. */
export interface PublishedFiles {
  /** The folder that the names in the manifest are relative to. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Where the manifest is below the folder of a dataset; one for each layout. */
const places = ['logs/manifest.json', 'manifest.json'];

/**
 * Reads the manifest of a dataset that was published to a folder. Undefined where it was published elsewhere or the manifest cannot be
 * read: a report is made of what there is.
 */
export async function publishedFiles(
  location: string,
  { fileSystem }: { readonly fileSystem: Pick<FileSystem, 'readFile'> },
): Promise<PublishedFiles | undefined> {
  if (!location.startsWith('file:')) return undefined;
  const folder = location.slice('file:'.length);
  for (const place of places) {
    const path = join(folder, place);
    try {
      const text = await fileSystem.readFile(path, 'utf8');
      return { folder, manifest: parseManifest(text, { origin: path }) };
    } catch {
      // Missing or damaged (ENOENT, MANIFEST_UNREADABLE): the next place may have it, and else the report goes without.
    }
  }
  return undefined;
}
