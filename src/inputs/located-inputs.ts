import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import { digestFile } from '../system/digest-file.ts';
import { checkInput } from './check-input.ts';
import { copyInput } from './copy-input.ts';
import type { BroughtInputs, DatasetInputs } from './dataset-inputs.ts';
import type { FileSelection } from './file-selection.ts';
import { findDatasetFiles } from './find-dataset-files.ts';
import type { LocalInputsOptions } from './local-inputs.ts';
import { pathsInFolder } from './paths-in-folder.ts';
import { sourceChanged } from './source-changed.ts';
import { unchangedWhile } from './unchanged-while.ts';

/** The files among which those of a dataset are. */
export interface Location {
  /** For people and for messages: a folder. */
  readonly place: string;
  /** Name to path; the files may lie in several folders. */
  readonly paths: ReadonlyMap<string, string>;
}

/** Tells where the files of a dataset are; throws a CaldpError where they are nowhere. */
export type Locate = (dataset: DatasetName) => Promise<Location> | Location;

/**
 * Inputs that lie unpacked where `locate` says. Symbolic links are followed. What is there is never changed; what is brought
 * are copies.
 */
export function locatedInputs(
  locate: Locate,
  options: LocalInputsOptions & { readonly uri: string },
): DatasetInputs {
  return {
    uri: options.uri,
    identify: async (dataset, { signal }) => {
      const location = await locate(dataset);
      return identify(dataset, { ...options, location, signal });
    },
    bring: async (dataset, { folder: target, signal }) => {
      const location = await locate(dataset);
      return bring(dataset, { ...options, location, target, signal });
    },
  };
}

interface Work extends LocalInputsOptions {
  readonly location: Location;
  readonly signal: AbortSignal;
}

interface Found {
  readonly selection: FileSelection;
  /** In the order of `selection.names`. */
  readonly paths: readonly string[];
}

async function find(dataset: DatasetName, work: Work): Promise<Found> {
  const { paths, place } = work.location;
  const selection = await findDatasetFiles(dataset, { ...work, paths, place });
  return { selection, paths: selection.names.flatMap((name) => paths.get(name) ?? []) };
}

async function identify(dataset: DatasetName, work: Work): Promise<readonly FileDigest[]> {
  const digests: FileDigest[] = [];
  for (const path of (await find(dataset, work)).paths) {
    const use = (): Promise<FileDigest> =>
      digestFile(path, { fileSystem: work.fileSystem, signal: work.signal });
    digests.push(await unchangedWhile(path, { fileSystem: work.fileSystem, use }));
  }
  return digests;
}

async function bring(
  dataset: DatasetName,
  work: Work & { readonly target: string },
): Promise<BroughtInputs> {
  const { target, signal } = work;
  const { selection, paths } = await find(dataset, work);
  const files: FileDigest[] = [];
  for (const [index, source] of paths.entries()) {
    const copy = join(target, selection.names[index] ?? '');
    files.push(await copyInput(source, { ...work, target: copy }));
    await checkInput(copy, { dataset, origin: source, signal });
  }
  const { association } = await findInCopy(dataset, { ...work, selection });
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
  work: Work & { readonly target: string; readonly selection: FileSelection },
): Promise<FileSelection> {
  const { target, selection, location } = work;
  const { place } = location;
  let copied: FileSelection;
  try {
    const paths = await pathsInFolder(target, work);
    copied = await findDatasetFiles(dataset, { ...work, paths, place });
  } catch (error) {
    throw error instanceof CaldpError ? sourceChanged(place, 'got other content', error) : error;
  }
  if (copied.names.join() === selection.names.join()) return copied;
  throw sourceChanged(place, 'got other content');
}
