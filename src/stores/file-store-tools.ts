import { basename, dirname, join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import type { TemporaryNames } from './temporary-names.ts';

/** What the steps of the file store share. */
export interface FileStoreTools {
  readonly fs: FileSystem;
  readonly temporaries: TemporaryNames;
}

/** Runs an action with a temporary path beside `path`; what is left there afterwards is removed. */
export async function withTemporary<T>(
  path: string,
  tools: FileStoreTools,
  action: (temporary: string) => Promise<T>,
): Promise<T> {
  const name = tools.temporaries.make(basename(path), 'tmp');
  const temporary = join(dirname(path), name);
  try {
    return await action(temporary);
  } finally {
    await discard(temporary, tools);
    tools.temporaries.release(name);
  }
}

/** Removes a temporary, if it can. */
export async function discard(path: string, { fs }: FileStoreTools): Promise<void> {
  try {
    await fs.rm(path, { recursive: true, force: true });
  } catch {
    // Any error: the name is hidden, and the next sweep removes it. The outcome of the call is known already.
  }
}
