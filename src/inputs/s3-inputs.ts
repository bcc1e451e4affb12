import { randomUUID } from 'node:crypto';
import nodeFileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { reachBucket, type Bucket, type S3Place } from '../stores/s3/bucket.ts';
import { inParallel } from '../stores/s3/in-parallel.ts';
import type { S3Object } from '../stores/s3/list-objects.ts';
import { headObject } from '../stores/s3/object-head.ts';
import { probeBucket } from '../stores/s3/probe-bucket.ts';
import type { S3Options } from '../stores/s3/s3-options.ts';
import { checkInput } from './check-input.ts';
import type { BroughtInputs, DatasetInputs } from './dataset-inputs.ts';
import { fetchObject, readListed } from './s3/fetch-object.ts';
import { locateObjects, type LocatedObjects } from './s3/locate-objects.ts';
import { selectObjects } from './s3/select-objects.ts';
import { bringTarball, chooseTarball } from './s3/tarball-object.ts';

/** How inputs in a bucket are opened. */
export interface OpenS3InputsOptions extends S3Options {
  readonly fileSystem?: FileSystem;
  readonly signal?: AbortSignal;
}

/**
 * Opens a bucket, or a prefix of one, as the place where raw files come from, and looks whether it can be reached.
 *
 * @throws CaldpError with exit 26: `S3_CREDENTIALS`, `S3_BUCKET_MISSING`, `S3_REGION`, `STORE_DENIED`, `S3_UNREACHABLE`.
 */
export async function openS3Inputs(
  place: S3Place,
  options: OpenS3InputsOptions = {},
): Promise<DatasetInputs> {
  const { fileSystem = nodeFileSystem, signal } = options;
  const bucket = reachBucket(place, { ...options, role: 'input' });
  await probeBucket(bucket, { signal });
  return s3Inputs(bucket, { fileSystem });
}

/**
 * Inputs in a bucket: raw files at the top or in `<id>/`, else a tarball `<id>.tar.gz`. Nothing there is changed.
 *
 * A dataset is identified by SHA-256, as everywhere. S3 does not know that of every object (an ETag is no digest of the content):
 * it is taken from the object's facts where it was stored with it, by caldp or with S3's own SHA-256 checksum, and else the object
 * is read to its end. The digest of what is brought is that of the bytes that came, and is compared with the stored one.
 */
export function s3Inputs(
  bucket: Bucket,
  { fileSystem }: { readonly fileSystem: FileSystem },
): DatasetInputs {
  const work = { bucket, fileSystem };
  return {
    uri: bucket.uri,
    identify: (dataset, { signal }) => identify(dataset, { ...work, signal }),
    bring: (dataset, { folder, signal }) => bring(dataset, { ...work, folder, signal }),
  };
}

interface Work {
  readonly bucket: Bucket;
  readonly fileSystem: FileSystem;
  readonly signal: AbortSignal;
}

async function identify(dataset: DatasetName, work: Work): Promise<readonly FileDigest[]> {
  const located = await locate(dataset, work);
  if (located.kind === 'tarballs') {
    return [await digestOf(chooseTarball(dataset, { ...work, ...located }), work)];
  }
  const folder = join(tmpdir(), `caldp-${randomUUID()}`);
  await work.fileSystem.mkdir(folder);
  try {
    const selected = await select(dataset, { ...work, located, folder });
    const digests: FileDigest[] = [];
    for (const object of selected.objects) digests.push(await digestOf(object, work));
    return digests;
  } finally {
    await work.fileSystem.rm(folder, { recursive: true, force: true });
  }
}

async function digestOf(object: S3Object, work: Work): Promise<FileDigest> {
  const name = object.key.slice(object.key.lastIndexOf('/') + 1);
  const head = await headObject(work.bucket, object.key, work);
  if (head?.etag === object.etag && head.sha256 !== undefined) {
    return { name, size: head.size, sha256: head.sha256 };
  }
  const { digest } = await readListed(object, { ...work, use: drain });
  return digest;
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

async function bring(
  dataset: DatasetName,
  work: Work & { readonly folder: string },
): Promise<BroughtInputs> {
  const { folder } = work;
  const located = await locate(dataset, work);
  if (located.kind === 'tarballs') {
    return bringTarball(dataset, {
      ...work,
      object: chooseTarball(dataset, { ...work, ...located }),
    });
  }
  const { selection, objects, guide } = await select(dataset, { ...work, located, folder });
  const files: FileDigest[] = [];
  await inParallel([...objects.entries()], async ([index, object]) => {
    const name = selection.names[index] ?? '';
    const target = join(folder, name);
    files[index] = guide?.name === name ? guide : await fetchObject(object, { ...work, target });
    const origin = `${work.bucket.uri}/${object.key}`;
    await checkInput(target, { dataset, origin, signal: work.signal });
  });
  const { association, ignored } = selection;
  return { files, sources: files, ignored, ...(association === undefined ? {} : { association }) };
}

async function select(
  dataset: DatasetName,
  work: Work & {
    readonly located: LocatedObjects & { readonly kind: 'files' };
    readonly folder: string;
  },
): Promise<
  Omit<Awaited<ReturnType<typeof selectObjects>>, 'objects'> & {
    readonly objects: readonly S3Object[];
  }
> {
  const selected = await selectObjects(dataset, work).catch((error: unknown) => {
    throw asDownload(error, work.bucket);
  });
  const objects = selected.selection.names.flatMap((name) => selected.objects.get(name) ?? []);
  return { ...selected, objects };
}

const locate = (dataset: DatasetName, work: Work): Promise<LocatedObjects> =>
  locateObjects(dataset, work);

/** What is not in the bucket is to CALCLOUD a download that failed. */
function asDownload(error: unknown, bucket: Bucket): unknown {
  if (!(error instanceof CaldpError) || error.code !== 'INPUT_NOT_FOUND') return error;
  const { message, code, advice, retry } = error;
  return new CaldpError(message, { code, advice, retry, exit: bucket.exit, cause: error });
}
