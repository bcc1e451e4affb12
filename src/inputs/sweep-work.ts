import { join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { isMissing } from './is-missing.ts';
import { removeRemains } from './remove-directory.ts';

/**
 * Goes through the work directories of all datasets below `root` and removes what a process that died was about to remove.
 * Attempts that failed or crashed are left alone.
 */
export async function sweepWork(
  root: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const { fileSystem } = options;
  for (const path of await foldersIn(root, fileSystem)) {
    await removeRemains(path, { fileSystem });
    await removeEmpty(path, fileSystem);
  }
}

async function foldersIn(root: string, fileSystem: FileSystem): Promise<readonly string[]> {
  try {
    const entries = await fileSystem.readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(root, name));
  } catch (error) {
    // ENOENT: no dataset was ever processed here.
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeEmpty(path: string, fileSystem: FileSystem): Promise<void> {
  try {
    await fileSystem.rmdir(path);
  } catch (error) {
    // ENOTEMPTY (on some systems EEXIST): attempts are kept there. ENOENT: another process was faster.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
