import { join } from 'node:path';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { isMissing } from './is-missing.ts';
import { listFolder } from './list-folder.ts';
import type { LocalInputsOptions } from './local-inputs.ts';
import { startsFrom } from './starts-from.ts';

/**
 * The folder that holds a dataset: the input folder itself, or its sub-folder `<id>` (a drop directory has one for each dataset).
 * Undefined where neither has an association table, a raw file or a poller file of it.
 */
export async function locateFolder(
  dataset: DatasetName,
  options: LocalInputsOptions & { readonly folder: string },
): Promise<string | undefined> {
  const { folder, fileSystem } = options;
  const names = await listFolder(folder, options);
  if (startsFrom(dataset, names)) return folder;
  const own = join(folder, dataset.id);
  if (!names.has(dataset.id) || !(await isFolder(own, fileSystem))) return undefined;
  return startsFrom(dataset, await listFolder(own, { fileSystem })) ? own : undefined;
}

async function isFolder(path: string, fileSystem: FileSystem): Promise<boolean> {
  try {
    return (await fileSystem.stat(path)).isDirectory();
  } catch (error) {
    // ENOENT: it went away since the folder was listed, or is a link that leads nowhere; either way it holds nothing.
    if (isMissing(error)) return false;
    throw error;
  }
}
