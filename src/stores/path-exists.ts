import { systemCode } from '../errors/system-condition.ts';
import type { FileSystem } from '../ports/file-system.ts';

/** Whether anything has this name: a file, a folder or a symbolic link, wherever it leads. */
export async function pathExists(
  path: string,
  options: { readonly fileSystem: FileSystem },
): Promise<boolean> {
  try {
    await options.fileSystem.lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
