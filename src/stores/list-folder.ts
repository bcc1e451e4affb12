import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../errors/system-condition.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { compareKeys, temporarySuffix } from './key.ts';
import type { StoreEntry } from './store.ts';

interface ListOptions {
  readonly fileSystem: FileSystem;
  /** The key of the folder, '' for the whole store. */
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  /** Folders that lie above, as `device:inode`: a symbolic link to one of them is not followed. */
  readonly above?: readonly string[];
}

/**
 * The files below a folder in the order of their keys; symbolic links are followed. Holds the names of one folder a level.
 * What disappears meanwhile is left out.
 */
export async function* listFolder(
  folder: string,
  options: ListOptions,
): AsyncGenerator<StoreEntry> {
  const { fileSystem, key, signal, above = [] } = options;
  const self = await statOf(folder, fileSystem);
  if (self === undefined || !self.isDirectory()) return;
  const identity = `${self.dev.toFixed()}:${self.ino.toFixed()}`;
  if (above.includes(identity)) return;
  for (const { name, isFolder } of await namesIn(folder, fileSystem)) {
    signal?.throwIfAborted();
    const path = join(folder, name);
    const child = key === '' ? name : `${key}/${name}`;
    if (isFolder) {
      yield* listFolder(path, {
        fileSystem,
        key: child,
        signal,
        above: [...above, identity],
      });
      continue;
    }
    const found = await statOf(path, fileSystem);
    if (found?.isFile()) yield { key: child, size: found.size, modified: found.mtime };
  }
}

async function namesIn(
  folder: string,
  fileSystem: FileSystem,
): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]> {
  const names = [];
  for (const entry of await fileSystem.readdir(folder, { withFileTypes: true })) {
    if (temporarySuffix.test(entry.name)) continue;
    const isFolder = await leadsToFolder(entry, { folder, fileSystem });
    // Below a folder every key goes on with `/`, which decides its place among names that begin alike.
    names.push({ name: entry.name, isFolder, order: isFolder ? `${entry.name}/` : entry.name });
  }
  return names.sort((a, b) => compareKeys(a.order, b.order));
}

async function leadsToFolder(
  entry: Dirent,
  { folder, fileSystem }: { readonly folder: string; readonly fileSystem: FileSystem },
): Promise<boolean> {
  if (entry.isFile()) return false;
  if (entry.isDirectory()) return true;
  return (await statOf(join(folder, entry.name), fileSystem))?.isDirectory() ?? false;
}

async function statOf(path: string, fileSystem: FileSystem): Promise<Stats | undefined> {
  try {
    return await fileSystem.stat(path);
  } catch (error) {
    // ENOENT: it went away, or a symbolic link leads nowhere. ENOTDIR: a file is in the place of a folder above.
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
