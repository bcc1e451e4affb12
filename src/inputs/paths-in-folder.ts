import { join } from 'node:path';
import { listFolder } from './list-folder.ts';
import type { LocalInputsOptions } from './local-inputs.ts';

/**
 * What lies in an input folder: name to path.
 *
 * @throws CaldpError `INPUT_NOT_FOUND` when there is no such folder.
 */
export async function pathsInFolder(
  folder: string,
  options: LocalInputsOptions,
): Promise<ReadonlyMap<string, string>> {
  const names = await listFolder(folder, options);
  return new Map([...names].map((name) => [name, join(folder, name)]));
}
