import { CaldpError } from '../errors/caldp-error.ts';
import { isMissing } from './is-missing.ts';
import type { LocalInputsOptions } from './local-inputs.ts';

/**
 * The names in an input folder.
 *
 * @throws CaldpError `INPUT_NOT_FOUND` when there is no such folder.
 */
export async function listFolder(
  folder: string,
  { fileSystem, listings }: Pick<LocalInputsOptions, 'fileSystem' | 'listings'>,
): Promise<ReadonlySet<string>> {
  try {
    const list = async (): Promise<ReadonlySet<string>> =>
      new Set(await fileSystem.readdir(folder));
    return listings?.folder === folder ? await listings.names(list, { fileSystem }) : await list();
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
