import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a program of `test/fixtures/programs`. */
export function fixtureProgram(name: string): string {
  return fileURLToPath(new URL(`../fixtures/programs/${name}`, import.meta.url));
}

/**
 * Makes a folder whose programs are fixtures under the names of real ones, to be put at the head of a PATH.
 *
 * @param programs real name to fixture: `{ 'calacs.e': 'copies-raws' }`.
 */
export async function programFolder(
  folder: string,
  options: { readonly programs: Readonly<Record<string, string>> },
): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  for (const [name, fixture] of Object.entries(options.programs)) {
    await symlink(fixtureProgram(fixture), join(bin, name));
  }
  return bin;
}
