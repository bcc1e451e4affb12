import { CaldpError } from '../errors/caldp-error.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { isMissing } from './is-missing.ts';

/**
 * The names in an input folder.
 *
 * @throws CaldpError `INPUT_NOT_FOUND` when there is no such folder.
 */
export async function listFolder(
  folder: string,
  options: { readonly fileSystem: FileSystem },
): Promise<ReadonlySet<string>> {
  try {
    return new Set(await options.fileSystem.readdir(folder));
  } catch (error) {
    if (!isMissing(error) && !isNotFolder(error)) throw error;
    const what = isMissing(error) ? 'does not exist' : 'is not a folder';
    throw new CaldpError(`The input folder \`${folder}\` ${what}.`, {
      code: 'INPUT_NOT_FOUND',
      advice: 'Name the folder that holds the raw files with `--input`.',
      cause: error,
    });
  }
}

function isNotFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
}
