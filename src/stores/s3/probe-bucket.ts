import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';

/**
 * Looks whether a bucket is there and can be listed with these credentials: one small request.
 *
 * @throws CaldpError as `s3Error` tells.
 */
export async function probeBucket(
  bucket: Bucket,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await callBucket(bucket, { doing: 'reach', key: '', signal }, () =>
    bucket.client.send(
      new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.prefix, MaxKeys: 1 }),
      signal === undefined ? {} : { abortSignal: signal },
    ),
  );
}
