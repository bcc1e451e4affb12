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
      /** All names that begin in one of these ways were listed. */
      readonly starts: readonly string[];
      readonly objects: ReadonlyMap<string, S3Object>;
    }
  | { readonly kind: 'tarballs'; readonly objects: readonly S3Object[] };

interface Search {
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
}

/** What is listed of an exposure or association: its visit and its like, or only what has its own name. */
export type Breadth = 'visit' | 'own';

/**
 * Finds a dataset: as files at the top of a bucket or in a folder `<id>/`, else as tarballs at the top, else as no files. Lists
 * only names that begin like those of its visit, so that the cost does not grow with the bucket.
 */
export async function locateObjects(
  dataset: DatasetName,
  { breadth = 'visit', ...search }: Search & { readonly breadth?: Breadth },
): Promise<LocatedObjects> {
  const starts = startsOf(dataset, breadth);
  const top = await objectsBelow('', { starts, ...search });
  const atTop = { kind: 'files', folder: '', starts, objects: top } as const;
  if (startsFrom(dataset, new Set(top.keys()))) return atTop;
  const folder = `${dataset.id}/`;
  const own = await objectsBelow(folder, { starts: [''], ...search });
  if (startsFrom(dataset, new Set(own.keys()))) {
    return { kind: 'files', folder, starts: [''], objects: own };
  }
  const tarballs = [...top.values()].filter(({ key }) => isTarballOf(dataset, key));
  return tarballs.length === 0 ? atTop : { kind: 'tarballs', objects: tarballs };
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
function isTarballOf({ id }: DatasetName, name: string): boolean {
  return name.startsWith(id) && /^([._-].*)?\.tar\.gz$/.test(name.slice(id.length));
}

/** Five letters are what the names of a program's visits share; files that are left out are told from the same listing. */
function startsOf(dataset: DatasetName, breadth: Breadth): readonly string[] {
  switch (dataset.kind) {
    case 'ipppssoot':
      return [breadth === 'own' ? dataset.id : dataset.id.slice(0, 5)];
    case 'svm':
      return [dataset.id, dataset.ipppss];
    case 'mvm':
      return [dataset.id];
  }
}
