import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { compareKeys } from '../key.ts';
import type { Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';

/** One object of a listing. */
export interface S3Object {
  /** Below the prefix of the bucket. */
  readonly key: string;
  readonly size: number;
  readonly modified: Date;
  /** Differs when the content does; nothing else is known of it. */
  readonly etag: string;
}

/** What a listing shows. */
export interface ListOptions {
  /** What keys begin with, below the prefix of the bucket. */
  readonly start: string;
  /** Whether keys with a further `/` behind `start` are left out. */
  readonly flat?: boolean;
  /** Where to begin: only keys behind this one. */
  readonly after?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The objects whose keys have a common beginning, in the order of the bytes of their keys. Asks for the next 1,000 only when they
 * are wanted, and where the last ones ended, so that it can be left lying for hours. Holds one page.
 */
export async function* listObjects(bucket: Bucket, options: ListOptions): AsyncGenerator<S3Object> {
  let { after } = options;
  for (;;) {
    options.signal?.throwIfAborted();
    const page = await pageAfter(bucket, { ...options, after });
    for (const { Key, Size, LastModified, ETag } of page.Contents ?? []) {
      options.signal?.throwIfAborted();
      const key = decode(Key ?? '').slice(bucket.prefix.length);
      after = key;
      yield {
        key,
        size: Size ?? 0,
        modified: LastModified ?? new Date(0),
        etag: ETag ?? '',
      };
    }
    after = furthest(after, page, bucket);
    if (page.IsTruncated !== true) return;
  }
}

async function pageAfter(
  bucket: Bucket,
  options: Omit<ListOptions, 'after'> & { readonly after: string | undefined },
): Promise<ListObjectsV2CommandOutput> {
  const { start, flat = false, after, signal } = options;
  const call = { doing: 'list', key: start, signal };
  return callBucket(bucket, call, () =>
    bucket.client.send(
      new ListObjectsV2Command({
        Bucket: bucket.name,
        Prefix: `${bucket.prefix}${start}`,
        EncodingType: 'url',
        ...(flat ? { Delimiter: '/' } : {}),
        ...(after === undefined ? {} : { StartAfter: `${bucket.prefix}${after}` }),
      }),
      signal === undefined ? {} : { abortSignal: signal },
    ),
  );
}

/** Behind everything a page told of: a page may end with folders, which are behind its last object. */
function furthest(
  after: string | undefined,
  page: ListObjectsV2CommandOutput,
  bucket: Bucket,
): string | undefined {
  const folder = page.CommonPrefixes?.at(-1)?.Prefix;
  if (folder === undefined) return after;
  const behind = `${decode(folder).slice(bucket.prefix.length)}\u{10FFFF}`;
  return after === undefined || compareKeys(behind, after) > 0 ? behind : after;
}

/** S3 writes a space as `+`, other servers as `%20`; a plus is `%2B` everywhere. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
