import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warning } from '../errors/warning.ts';

/** Size and times of files, as they were at one moment. */
export type FileStates = ReadonlyMap<string, string>;

/** Notes the state of files. */
export async function fileStates(
  names: readonly string[],
  options: { readonly folder: string },
): Promise<FileStates> {
  const states = names.map(async (name): Promise<[string, string]> => {
    const { size, mtimeNs, ino } = await stat(join(options.folder, name), { bigint: true });
    return [name, `${size} ${mtimeNs} ${ino}`];
  });
  return new Map(await Promise.all(states));
}

/** Warns of raw files that a program wrote to: what is published is then not what was calibrated. */
export async function changedInputs(
  before: FileStates,
  options: { readonly folder: string },
): Promise<readonly Warning[]> {
  const after = await fileStates([...before.keys()], options);
  return [...before.keys()]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({
      code: 'INPUT_CHANGED',
      message: `A calibration program wrote to its input \`${name}\` in the work directory; it is published as changed.`,
    }));
}
