import { CaldpError } from '../errors/caldp-error.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { isMissing } from './is-missing.ts';
import { sourceChanged } from './source-changed.ts';

/**
 * Does something with an input and makes sure that the input stayed what it was: size, time of change and inode are compared
 * before and after. Symbolic links are followed.
 *
 * @param use - gets the size in bytes
 * @throws CaldpError `SOURCE_CHANGED` (worth trying again) when the file differs afterwards or went away,
 * `INPUT_NOT_A_FILE` for folders, pipes and devices.
 */
export async function unchangedWhile<T>(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly use: (size: number) => Promise<T> },
): Promise<T> {
  const { fileSystem, use } = options;
  try {
    const before = await stateOf(path, fileSystem);
    const result = await use(Number(before.size));
    const after = await stateOf(path, fileSystem);
    if (before.size !== after.size) throw sourceChanged(path, 'changed its size');
    if (before.mtimeNs !== after.mtimeNs || before.ino !== after.ino) {
      throw sourceChanged(path, 'was written to or replaced');
    }
    return result;
  } catch (error) {
    if (isMissing(error) && error.path === path) {
      throw sourceChanged(path, 'went away', error);
    }
    throw error;
  }
}

async function stateOf(
  path: string,
  fileSystem: FileSystem,
): Promise<{ readonly size: bigint; readonly mtimeNs: bigint; readonly ino: bigint }> {
  const state = await fileSystem.stat(path, { bigint: true });
  // Opening a pipe would wait for a writer for ever.
  if (state.isFile()) return state;
  throw new CaldpError(`The input \`${path}\` is not a file.`, {
    code: 'INPUT_NOT_A_FILE',
    advice: 'Put the file itself, or a link to it, in its place.',
  });
}
