import { dirname } from 'node:path';
import { temporaryName } from '../../fits/temporary-name.ts';
import type { FileSystem } from '../../ports/file-system.ts';

/** Puts a small file in place of what is there; a reader sees the old text or the new one, never a part. Makes its folder. */
export async function writeAtomically(
  path: string,
  text: string,
  options: { readonly files: FileSystem },
): Promise<void> {
  const { files } = options;
  await files.mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    await files.writeFile(temporary, text, { flag: 'wx', flush: true });
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
}
