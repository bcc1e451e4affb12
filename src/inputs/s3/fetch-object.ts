import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { FileDigest } from '../../ports/file-digest.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { callBucket } from '../../stores/s3/call-bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';
import { metadataNames } from '../../stores/s3/object-head.ts';
import { openObject } from '../../stores/s3/read-object.ts';
import { isNoObject, statusOf } from '../../stores/s3/s3-answer.ts';
import { writeAll } from '../../stores/write-durably.ts';
import { sourceChanged } from '../source-changed.ts';

interface FetchOptions {
  readonly bucket: Bucket;
  readonly signal: AbortSignal;
}

/**
 * Reads an object that was listed from beginning to end, and again from the beginning after a failure that may pass; makes sure
 * that it is still the object of the listing and that it has the SHA-256 that it was stored with.
 *
 * @param options.use - is given the bytes; begins anew each time it is called
 * @throws CaldpError `SOURCE_CHANGED`, or as `s3Error`.
 */
export async function readListed<T>(
  object: S3Object,
  options: FetchOptions & { readonly use: (chunks: AsyncIterable<Uint8Array>) => Promise<T> },
): Promise<{ readonly result: T; readonly digest: FileDigest }> {
  const { bucket, signal, use } = options;
  const { key, etag } = object;
  const read = await callBucket(bucket, { doing: 'read', key, signal }, async () => {
    try {
      const body = await openObject(bucket, key, { etag, signal });
      const hash = createHash('sha256');
      const result = await use(hashing(body.chunks, hash));
      const sha256 = hash.digest('hex');
      refuseDamage(object, { bucket, sha256, stored: body.metadata[metadataNames.sha256] });
      return { result, digest: { name: basename(key), size: body.size, sha256 } };
    } catch (error) {
      if (statusOf(error) === 412 || isNoObject(error)) return { changed: error };
      throw error;
    }
  });
  if ('changed' in read) {
    throw sourceChanged(`${bucket.uri}/${key}`, 'was replaced or removed', read.changed);
  }
  return read;
}

/** Brings an object to a local path: it appears there whole or not at all. Holds what the socket holds. */
export async function fetchObject(
  object: S3Object,
  options: FetchOptions & { readonly target: string; readonly fileSystem: FileSystem },
): Promise<FileDigest> {
  const { target, fileSystem } = options;
  const temporary = `${target}.caldp-tmp`;
  try {
    const { digest } = await readListed(object, {
      ...options,
      use: (chunks) => writeChunks(chunks, { path: temporary, fileSystem }),
    });
    await fileSystem.rename(temporary, target);
    return { ...digest, name: basename(target) };
  } catch (error) {
    await fileSystem.rm(temporary, { force: true });
    throw error;
  }
}

async function writeChunks(
  chunks: AsyncIterable<Uint8Array>,
  { path, fileSystem }: { readonly path: string; readonly fileSystem: FileSystem },
): Promise<void> {
  const file = await fileSystem.open(path, 'w');
  try {
    for await (const chunk of chunks) await writeAll(file, chunk);
  } finally {
    await file.close();
  }
}

async function* hashing(
  chunks: AsyncIterable<Uint8Array>,
  hash: { update: (chunk: Uint8Array) => unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function refuseDamage(
  { key }: S3Object,
  options: {
    readonly bucket: Bucket;
    readonly sha256: string;
    readonly stored: string | undefined;
  },
): void {
  const { bucket, sha256, stored = sha256 } = options;
  if (sha256 === stored) return;
  throw new CaldpError(
    `\`${key}\` in \`${bucket.uri}\` came with SHA-256 ${sha256}, expected ${stored}, with which it was stored.`,
    {
      code: 'DIGEST_MISMATCH',
      advice: 'Store the object again; if it goes on, look at proxies and at the S3 service.',
      retry: 'backoff',
      exit: bucket.exit,
    },
  );
}
