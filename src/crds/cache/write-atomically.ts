import { dirname } from 'node:path';
import { temporaryName } from '../../fits/temporary-name.ts';
import type { FileSystem } from '../../ports/file-system.ts';

/** Puts a small file in place of what is there; a reader sees the old text or the new one, never a part. Makes its folder. */
export async function writeAtomically(
  path: string,
  text: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const { fileSystem } = options;
  await fileSystem.mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    await fileSystem.writeFile(temporary, text, { flag: 'wx', flush: true });
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await fileSystem.rm(temporary, { force: true });
    throw error;
  }
}
