import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { ensureFolder } from './durable-folder.ts';
import { temporariesFolder, type TemporaryNames } from './temporary-names.ts';

/** What the steps of the file store share. */
export interface FileStoreTools {
  readonly fileSystem: FileSystem;
  readonly temporaries: TemporaryNames;
}

/**
 * The hidden folder beside `path` that everything temporary lies in, on the same file system. It is there so that looking
 * for leftovers costs the same in a folder of ten objects and of a million, and it stays: who removes it when it is empty
 * could take it from under a process that is about to use it.
 */
export function placeOfTemporaries(path: string): string {
  return join(dirname(path), temporariesFolder);
}

/** Runs an action with a temporary path near `path`; what is left there afterwards is removed. */
export async function withTemporary<T>(
  path: string,
  tools: FileStoreTools,
  action: (temporary: string) => Promise<T>,
): Promise<T> {
  const place = placeOfTemporaries(path);
  await ensureFolder(place, tools);
  const name = tools.temporaries.make(basename(path), 'tmp');
  const temporary = join(place, name);
  try {
    return await action(temporary);
  } finally {
    await discard(temporary, tools);
    tools.temporaries.release(name);
  }
}

/** Removes a temporary, if it can. */
export async function discard(path: string, { fileSystem }: FileStoreTools): Promise<void> {
  try {
    await fileSystem.rm(path, { recursive: true, force: true });
  } catch {
    // Any error: the name is hidden, and the next sweep removes it. The outcome of the call is known already.
  }
}
