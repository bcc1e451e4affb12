import nodeFileSystem from 'node:fs/promises';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { reachBucket, type S3Place } from './s3/bucket.ts';
import { probeBucket } from './s3/probe-bucket.ts';
import type { S3Options } from './s3/s3-options.ts';
import { S3Store } from './s3-store.ts';
import type { Store } from './store.ts';

/** How a bucket is opened as a store. */
export interface OpenS3StoreOptions extends S3Options {
  readonly fileSystem?: FileSystem;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Opens a bucket, or a prefix of one, as the place where products go, and looks whether it can be reached.
 *
 * @throws CaldpError with exit 25: `S3_CREDENTIALS`, `S3_BUCKET_MISSING`, `S3_REGION`, `STORE_DENIED`, `S3_UNREACHABLE`.
 */
export async function openS3Store(
  place: S3Place,
  options: OpenS3StoreOptions = {},
): Promise<Store> {
  const { fileSystem = nodeFileSystem, clock = systemClock, signal } = options;
  const bucket = reachBucket(place, { ...options, role: 'output' });
  await probeBucket(bucket, { signal });
  return new S3Store(bucket, { fileSystem, clock });
}
