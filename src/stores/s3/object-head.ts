import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { objectOf, type Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';
import type { S3Object } from './list-objects.ts';
import { isNoObject } from './s3-answer.ts';

/** The names under which facts are kept with an object. */
export const metadataNames = {
  /** SHA-256 of the content. */
  sha256: 'caldp-sha256',
  /** Differs for every call that created an object. */
  creator: 'caldp-creator',
} as const;

/** What is known of an object without reading it. */
export interface ObjectHead extends S3Object {
  /** Hexadecimal; where the object was stored with it. */
  readonly sha256?: string;
  readonly creator?: string;
}

/** Asks for the facts of one object; undefined when there is none. */
export async function headObject(
  bucket: Bucket,
  key: string,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<ObjectHead | undefined> {
  return callBucket(bucket, { doing: 'look for', key, signal }, async () => {
    try {
      const head = await bucket.client.send(
        new HeadObjectCommand({ ...objectOf(bucket, key), ChecksumMode: 'ENABLED' }),
        signal === undefined ? {} : { abortSignal: signal },
      );
      const sha256 = head.Metadata?.[metadataNames.sha256] ?? wholeChecksum(head);
      const creator = head.Metadata?.[metadataNames.creator];
      return {
        key,
        size: head.ContentLength ?? 0,
        modified: head.LastModified ?? new Date(0),
        etag: head.ETag ?? '',
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(creator === undefined ? {} : { creator }),
      };
    } catch (error) {
      if (isNoObject(error)) return undefined;
      throw error;
    }
  });
}

/** S3's own SHA-256, unless it is one of the digests of parts. */
function wholeChecksum(head: {
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumType?: string | undefined;
}): string | undefined {
  const { ChecksumSHA256: base64, ChecksumType: type } = head;
  if (base64 === undefined || base64.includes('-') || type === 'COMPOSITE') return undefined;
  return Buffer.from(base64, 'base64').toString('hex');
}
