import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import { checkInput } from './check-input.ts';
import { copyInput } from './copy-input.ts';
import type { BroughtInputs } from './dataset-inputs.ts';
import { digestFile } from '../system/digest-file.ts';
import type { FileSelection } from './file-selection.ts';
import { findDatasetFiles } from './find-dataset-files.ts';
import type { LocalInputs, LocalInputsOptions } from './local-inputs.ts';
import { locateFolder } from './locate-folder.ts';
import { sourceChanged } from './source-changed.ts';
import { unchangedWhile } from './unchanged-while.ts';

/**
 * Inputs that lie unpacked in a folder, or in a sub-folder of it that has the name of the dataset. File names are lower case.
 * Symbolic links are followed. What is there is never changed; what is brought are copies.
 */
export function localFolder(folder: string, options: LocalInputsOptions): LocalInputs {
  return {
    uri: `file:${folder}`,
    has: async (dataset) => (await locateFolder(dataset, { folder, ...options })) !== undefined,
    identify: (dataset, { signal }) => identify(dataset, { folder, signal, ...options }),
    bring: (dataset, { folder: target, signal }) =>
      bring(dataset, { folder, target, signal, ...options }),
  };
}

interface Work extends LocalInputsOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function find(
  dataset: DatasetName,
  work: Work,
): Promise<FileSelection & { readonly place: string }> {
  const place = (await locateFolder(dataset, work)) ?? work.folder;
  return { ...(await findDatasetFiles(dataset, { ...work, folder: place, place })), place };
}

async function identify(dataset: DatasetName, work: Work): Promise<readonly FileDigest[]> {
  const { place, names } = await find(dataset, work);
  const digests: FileDigest[] = [];
  for (const name of names) {
    const path = join(place, name);
    const use = (): Promise<FileDigest> =>
      digestFile(path, { fs: work.fileSystem, signal: work.signal });
    digests.push(await unchangedWhile(path, { fileSystem: work.fileSystem, use }));
  }
  return digests;
}

async function bring(
  dataset: DatasetName,
  work: Work & { readonly target: string },
): Promise<BroughtInputs> {
  const { target, signal } = work;
  const selection = await find(dataset, work);
  const files: FileDigest[] = [];
  for (const name of selection.names) {
    const source = join(selection.place, name);
    files.push(await copyInput(source, { ...work, target: join(target, name) }));
    await checkInput(join(target, name), { dataset, origin: source, signal });
  }
  const copied = await findInCopy(dataset, { ...work, selection });
  const { association } = copied;
  return {
    files,
    sources: files,
    ignored: selection.ignored,
    ...(association === undefined ? {} : { association }),
  };
}

/**
 * The association table may have been replaced between the time it was read and the time it was copied:
 * what the copy names has to be what was brought.
 */
async function findInCopy(
  dataset: DatasetName,
  work: Work & { readonly target: string; readonly selection: FileSelection & { place: string } },
): Promise<FileSelection> {
  const { target, selection } = work;
  const { place } = selection;
  let copied: FileSelection;
  try {
    copied = await findDatasetFiles(dataset, { ...work, folder: target, place });
  } catch (error) {
    throw error instanceof CaldpError ? sourceChanged(place, 'got other content', error) : error;
  }
  if (copied.names.join() === selection.names.join()) return copied;
  throw sourceChanged(place, 'got other content');
}
