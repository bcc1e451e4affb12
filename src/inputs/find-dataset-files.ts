import { CaldpError } from '../errors/caldp-error.ts';
import { AssociationError } from '../hst/association-error.ts';
import type { Association } from '../hst/association.ts';
import type { DatasetName, MvmName, SvmName } from '../hst/dataset-name.ts';
import { readAssociation } from '../hst/read-association.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { FileSelection, Listing } from './file-selection.ts';
import { parsePoller } from './parse-poller.ts';
import { selectAssociation } from './select-association.ts';
import { selectExposure } from './select-exposure.ts';
import { selectMosaic } from './select-mosaic.ts';
import { unchangedWhile } from './unchanged-while.ts';

const pollerLimit = 16 * 1024 * 1024;

/**
 * Finds out which of some files a dataset is made of, reading its association table or poller file where it has one.
 *
 * @param options.paths - name to path of the files to choose from
 * @param options.place - what messages call where they are
 * @throws CaldpError `INPUT_NOT_FOUND`, `MEMBER_MISSING`, `ASSOCIATION_INVALID` or `POLLER_INVALID`.
 */
export async function findDatasetFiles(
  dataset: DatasetName,
  options: Search & { readonly place: string },
): Promise<FileSelection> {
  const { paths, place, fileSystem, signal } = options;
  signal.throwIfAborted();
  const listing = { place, names: new Set(paths.keys()) };
  if (dataset.kind !== 'ipppssoot') {
    const exposures = await pollerOf(dataset, { ...options, listing });
    return selectMosaic(dataset, { exposures, listing });
  }
  const table = paths.get(`${dataset.id}_asn.fits`);
  if (table === undefined) return selectExposure(dataset, listing);
  const association = await associationOf(table, fileSystem);
  return selectAssociation(dataset, { association, listing });
}

interface Search {
  readonly paths: ReadonlyMap<string, string>;
  readonly fileSystem: FileSystem;
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
  const { paths, listing, fileSystem, signal } = options;
  const file = `${dataset.id}_input.out`;
  const path = paths.get(file);
  if (path === undefined) {
    throw new CaldpError(`The poller file \`${file}\` is missing in \`${listing.place}\`.`, {
      code: 'INPUT_NOT_FOUND',
      advice:
        'A mosaic is made of the exposures that its poller file names: put it and them there.',
    });
  }
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
