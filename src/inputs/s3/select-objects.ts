import { join } from 'node:path';
import { AssociationError } from '../../hst/association-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { readAssociation } from '../../hst/read-association.ts';
import type { FileDigest } from '../../ports/file-digest.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';
import { headObject } from '../../stores/s3/object-head.ts';
import type { FileSelection } from '../file-selection.ts';
import { findDatasetFiles } from '../find-dataset-files.ts';
import { parsePoller } from '../parse-poller.ts';
import { fetchObject } from './fetch-object.ts';
import { objectsBelow, type LocatedObjects } from './locate-objects.ts';

/** The objects that a dataset is made of. */
export interface SelectedObjects {
  readonly selection: FileSelection;
  /** By name; all that the selection names are there. */
  readonly objects: ReadonlyMap<string, S3Object>;
  /** What had to be brought to find that out: the association table, or the poller file. */
  readonly guide?: FileDigest;
}

interface Search {
  readonly bucket: Bucket;
  readonly located: LocatedObjects & { readonly kind: 'files' };
  /** An association table or a poller file is brought there. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly signal: AbortSignal;
}

/** Chooses by the rules for folders; reads the association table or the poller file where there is one. */
export async function selectObjects(
  dataset: DatasetName,
  options: Search,
): Promise<SelectedObjects> {
  const { bucket, located, folder } = options;
  const place = `${bucket.uri}/${located.folder}`.replace(/\/$/, '');
  const name = dataset.kind === 'ipppssoot' ? `${dataset.id}_asn.fits` : `${dataset.id}_input.out`;
  const object = located.objects.get(name);
  if (object === undefined) {
    const paths = pathsOf(located.objects);
    return {
      selection: await findDatasetFiles(dataset, { ...options, paths, place }),
      objects: located.objects,
    };
  }
  const path = join(folder, name);
  const guide = await fetchObject(object, { ...options, target: path });
  const others = await objectsElsewhere(dataset, { ...options, path });
  const objects = new Map([...located.objects, ...others]);
  const paths = new Map([...pathsOf(objects), [name, path]]);
  return {
    selection: await findDatasetFiles(dataset, { ...options, paths, place }),
    objects,
    guide,
  };
}

/** Names are all that is looked at of files other than the guide. */
function pathsOf(objects: ReadonlyMap<string, S3Object>): ReadonlyMap<string, string> {
  return new Map([...objects.keys()].map((name) => [name, name]));
}

/** Objects that the guide names and that were not listed because they begin like another visit. */
async function objectsElsewhere(
  dataset: DatasetName,
  options: Search & { readonly path: string },
): Promise<ReadonlyMap<string, S3Object>> {
  const { located, bucket, signal } = options;
  const isListed = (name: string): boolean =>
    located.starts.some((start) => name.startsWith(start));
  if (dataset.kind === 'ipppssoot') {
    const roots = membersOf(options.path).filter((root) => !isListed(root));
    // Exposures of a visit share six letters: one listing for each visit.
    const starts = [...new Set(roots.map((root) => root.slice(0, 6)))];
    return objectsBelow(located.folder, { bucket, starts, signal });
  }
  const found = new Map<string, S3Object>();
  const text = await options.fileSystem.readFile(options.path, { encoding: 'utf8', signal });
  for (const name of parsePoller(text, { file: options.path })) {
    if (isListed(name)) continue;
    const object = await headObject(bucket, `${located.folder}${name}`, { signal });
    if (object !== undefined) found.set(name, object);
  }
  return found;
}

function membersOf(path: string): readonly string[] {
  try {
    return readAssociation(path).exposures.map(({ name }) => name);
  } catch (error) {
    // AssociationError: `findDatasetFiles` reads the table again and tells what is wrong with it.
    if (error instanceof AssociationError) return [];
    throw error;
  }
}
