import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { listObjects, type S3Object } from '../../stores/s3/list-objects.ts';
import { startsFrom } from '../starts-from.ts';

/** Where a dataset lies in a bucket. */
export type LocatedObjects =
  /** As files: name to object. `folder` is what their keys begin with, empty or with `/` at its end. */
  | {
      readonly kind: 'files';
      readonly folder: string;
      readonly objects: ReadonlyMap<string, S3Object>;
    }
  | { readonly kind: 'tarballs'; readonly objects: readonly S3Object[] };

interface Search {
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
}

/**
 * Finds a dataset: as files at the top of a bucket or in a folder `<id>/`, else as tarballs at the top, else as no files. Lists
 * only names that begin like those of its visit, so that the cost does not grow with the bucket.
 */
export async function locateObjects(dataset: DatasetName, search: Search): Promise<LocatedObjects> {
  const top = await objectsBelow('', { starts: startsOf(dataset), ...search });
  if (startsFrom(dataset, new Set(top.keys()))) return { kind: 'files', folder: '', objects: top };
  const folder = `${dataset.id}/`;
  const own = await objectsBelow(folder, { starts: [''], ...search });
  if (startsFrom(dataset, new Set(own.keys()))) return { kind: 'files', folder, objects: own };
  const tarballs = [...top.values()].filter(({ key }) => isTarballOf(dataset, key));
  return tarballs.length === 0
    ? { kind: 'files', folder: '', objects: top }
    : { kind: 'tarballs', objects: tarballs };
}

/** The objects directly in a folder whose names begin in one of some ways, by name. */
export async function objectsBelow(
  folder: string,
  { bucket, starts, signal }: Search & { readonly starts: readonly string[] },
): Promise<ReadonlyMap<string, S3Object>> {
  const objects = new Map<string, S3Object>();
  for (const start of starts) {
    const listing = listObjects(bucket, { start: `${folder}${start}`, flat: true, signal });
    for await (const object of listing) objects.set(object.key.slice(folder.length), object);
  }
  return objects;
}

/** Whether an object is called `<id>.tar.gz`, or `<id>` with something between. */
export function isTarballOf({ id }: DatasetName, name: string): boolean {
  return name.startsWith(id) && /^([._-].*)?\.tar\.gz$/.test(name.slice(id.length));
}

/** Five letters are what the names of a program's visits share; files that are left out are told from the same listing. */
function startsOf(dataset: DatasetName): readonly string[] {
  switch (dataset.kind) {
    case 'ipppssoot':
      return [dataset.id.slice(0, 5)];
    case 'svm':
      return [dataset.id, dataset.ipppss];
    case 'mvm':
      return [dataset.id];
  }
}
