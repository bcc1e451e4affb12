import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { AssociationError } from '../hst/association-error.ts';
import type { Association } from '../hst/association.ts';
import type { DatasetName, MvmName, SvmName } from '../hst/dataset-name.ts';
import { readAssociation } from '../hst/read-association.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { FileSelection, Listing } from './file-selection.ts';
import { listFolder } from './list-folder.ts';
import type { LocalInputsOptions } from './local-inputs.ts';
import { parsePoller } from './parse-poller.ts';
import { selectAssociation } from './select-association.ts';
import { selectExposure } from './select-exposure.ts';
import { selectMosaic } from './select-mosaic.ts';
import { unchangedWhile } from './unchanged-while.ts';

const pollerLimit = 16 * 1024 * 1024;

/**
 * Finds out which files of a folder a dataset is made of, reading its association table or poller file where it has one.
 *
 * @param options.place - what messages call the folder
 * @throws CaldpError `INPUT_NOT_FOUND`, `MEMBER_MISSING`, `ASSOCIATION_INVALID` or `POLLER_INVALID`.
 */
export async function findDatasetFiles(
  dataset: DatasetName,
  options: Search & { readonly place: string },
): Promise<FileSelection> {
  const { folder, place, fileSystem, signal } = options;
  signal.throwIfAborted();
  const listing = { place, names: await listFolder(folder, options) };
  if (dataset.kind !== 'ipppssoot') {
    const exposures = await pollerOf(dataset, { ...options, listing });
    return selectMosaic(dataset, { exposures, listing });
  }
  const table = `${dataset.id}_asn.fits`;
  if (!listing.names.has(table)) return selectExposure(dataset, listing);
  const association = await associationOf(join(folder, table), fileSystem);
  return selectAssociation(dataset, { association, listing });
}

interface Search extends LocalInputsOptions {
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function associationOf(path: string, fileSystem: FileSystem): Promise<Association> {
  try {
    // Reading it is synchronous; in a chain, what it throws becomes a rejection.
    const use = (): Promise<Association> => Promise.resolve(path).then(readAssociation);
    return await unchangedWhile(path, { fileSystem, use });
  } catch (error) {
    if (!(error instanceof AssociationError)) throw error;
    throw new CaldpError(error.message, {
      code: 'ASSOCIATION_INVALID',
      advice: 'Get the association table again from the archive.',
      cause: error,
    });
  }
}

async function pollerOf(
  dataset: SvmName | MvmName,
  options: Search & { readonly listing: Listing },
): Promise<readonly string[]> {
  const { folder, listing, fileSystem, signal } = options;
  const file = `${dataset.id}_input.out`;
  if (!listing.names.has(file)) {
    throw new CaldpError(`The poller file \`${file}\` is missing in \`${listing.place}\`.`, {
      code: 'INPUT_NOT_FOUND',
      advice:
        'A mosaic is made of the exposures that its poller file names: put it and them there.',
    });
  }
  const path = join(folder, file);
  const use = async (size: number): Promise<readonly string[]> => {
    if (size > pollerLimit) throw tooLarge(path, size);
    return parsePoller(await fileSystem.readFile(path, { encoding: 'utf8', signal }), { file });
  };
  return unchangedWhile(path, { fileSystem, use });
}

function tooLarge(path: string, size: number): CaldpError {
  return new CaldpError(`The poller file \`${path}\` has ${size} bytes; it cannot be one.`, {
    code: 'POLLER_INVALID',
    advice: 'Get the poller file again.',
  });
}
