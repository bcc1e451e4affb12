import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { checkInput } from './check-input.ts';
import type { BroughtInputs } from './dataset-inputs.ts';
import { digestFile } from '../system/digest-file.ts';
import { findDatasetFiles } from './find-dataset-files.ts';
import { pathsInFolder } from './paths-in-folder.ts';

/**
 * Picks a dataset's files out of what a tarball was unpacked to, moves them into the work folder, and removes the rest.
 *
 * @param options.unpacked - a folder on the same file system as `target`
 * @throws CaldpError with the exit code of a bad tarball (21) when files are missing or damaged.
 */
export async function settleUnpacked(
  dataset: DatasetName,
  options: {
    readonly unpacked: string;
    readonly target: string;
    readonly tarball: string;
    readonly fileSystem: FileSystem;
    readonly signal: AbortSignal;
  },
): Promise<Omit<BroughtInputs, 'sources'>> {
  const { unpacked, target, tarball, fileSystem } = options;
  try {
    const paths = await pathsInFolder(unpacked, options);
    const found = await findDatasetFiles(dataset, { ...options, paths, place: tarball });
    const files: FileDigest[] = [];
    for (const name of found.names) {
      const path = join(target, name);
      await fileSystem.rename(join(unpacked, name), path);
      files.push(await digestFile(path, { ...options, fileSystem: options.fileSystem }));
      await checkInput(path, { ...options, dataset, origin: `${tarball}:${name}` });
    }
    await fileSystem.rm(unpacked, { recursive: true });
    const { association, ignored } = found;
    return { files, ignored, ...(association === undefined ? {} : { association }) };
  } catch (error) {
    throw error instanceof CaldpError ? inTarball(error) : error;
  }
}

/** Whatever is wrong with the files of a tarball is reported with the exit code that CALCLOUD knows for tarballs. */
function inTarball(error: CaldpError): CaldpError {
  const { code, advice, retry } = error;
  return new CaldpError(error.message, {
    code,
    advice,
    retry,
    exit: 'INPUT_TAR_FILE_ERROR',
    cause: error,
  });
}
