import { PutObjectCommand } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { objectOf, type Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';
import { headObject, metadataNames } from './object-head.ts';
import { statusOf } from './s3-answer.ts';

interface PutOptions {
  readonly body: Uint8Array;
  readonly signal?: AbortSignal | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Stores bytes that are in memory. They carry their digest in the signature, so that a damaged request is refused. */
export async function putObject(bucket: Bucket, key: string, options: PutOptions): Promise<void> {
  await callBucket(bucket, { doing: 'store', key, signal: options.signal }, () =>
    sendOnce(bucket, key, options),
  );
}

/**
 * Stores bytes only where there is no object; false when there was one.
 *
 * The answer to a request that succeeded can be lost; the next try is then refused because of our own object. So each call
 * leaves a mark of its own with the object, and looks for it when it is refused.
 */
export async function createObject(
  bucket: Bucket,
  key: string,
  options: PutOptions,
): Promise<boolean> {
  const creator = randomUUID();
  const metadata = { [metadataNames.creator]: creator };
  const created = await callBucket(
    bucket,
    { doing: 'create', key, signal: options.signal },
    async () => {
      try {
        await sendOnce(bucket, key, { ...options, metadata, onlyNew: true });
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
  );
  return created || (await headObject(bucket, key, options))?.creator === creator;
}

async function sendOnce(
  bucket: Bucket,
  key: string,
  options: PutOptions & { readonly onlyNew?: boolean },
): Promise<void> {
  const { body, signal, metadata, onlyNew = false } = options;
  await bucket.client.send(
    new PutObjectCommand({
      ...objectOf(bucket, key),
      Body: body,
      ContentLength: body.length,
      ...(metadata === undefined ? {} : { Metadata: metadata }),
      ...(onlyNew ? { IfNoneMatch: '*' } : {}),
    }),
    signal === undefined ? {} : { abortSignal: signal },
  );
}
