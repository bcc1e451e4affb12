import nodeFileSystem from 'node:fs/promises';
import type { DatasetInputs } from './dataset-inputs.ts';
import { FolderListing } from './folder-listing.ts';
import { localFolder } from './local-folder.ts';
import type { LocalInputs, LocalInputsOptions } from './local-inputs.ts';
import { localTarball } from './local-tarball.ts';

/**
 * The inputs that `file:<folder>` stands for: files that lie there unpacked, else a tarball `<id>*.tar.gz`.
 * Unpacked files win, because they are what a person last put there.
 */
export function fileInputs(
  folder: string,
  options: LocalInputsOptions = { fileSystem: nodeFileSystem },
): DatasetInputs {
  const shared = { ...options, listings: new FolderListing(folder) };
  const unpacked = localFolder(folder, shared);
  const packed = localTarball(folder, shared);
  const choose = async (dataset: Parameters<LocalInputs['has']>[0]): Promise<LocalInputs> =>
    !(await unpacked.has(dataset)) && (await packed.has(dataset)) ? packed : unpacked;
  return {
    uri: `file:${folder}`,
    identify: async (dataset, how) => (await choose(dataset)).identify(dataset, how),
    bring: async (dataset, how) => (await choose(dataset)).bring(dataset, how),
  };
}
