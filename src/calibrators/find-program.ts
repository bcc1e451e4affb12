import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';

/** Looks a program up on a PATH, as the shell does: the first regular file of that name that may be executed. */
export async function findProgram(
  program: string,
  options: { readonly path: string },
): Promise<string | undefined> {
  for (const folder of options.path.split(delimiter)) {
    const candidate = resolve(folder, program);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // ENOENT, EACCES, ENOTDIR: not here, look further.
    return false;
  }
}
