import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';

/** An upload that began so long ago belongs to a process that is gone. */
const abandonedAfter = 24 * 60 * 60 * 1000;

/** An upload in parts that was begun and not ended. */
export interface AbandonedUpload {
  /** The whole name of the object. */
  readonly key: string;
  readonly id: string;
  readonly begun: Date;
}

interface UploadSearch {
  readonly start: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
}

/** Gives up uploads below a folder that were begun more than a day ago and never ended; answers a line for each. */
export async function sweepUploads(
  bucket: Bucket,
  options: UploadSearch,
): Promise<readonly string[]> {
  const { signal } = options;
  const done: string[] = [];
  for await (const { key, id, begun } of abandonedUploads(bucket, options)) {
    await callBucket(bucket, { doing: 'give up', key, signal }, () =>
      bucket.client.send(
        new AbortMultipartUploadCommand({ Bucket: bucket.name, Key: key, UploadId: id }),
        signal === undefined ? {} : { abortSignal: signal },
      ),
    );
    done.push(`gave up the upload of \`${key}\` begun ${begun.toISOString()}`);
  }
  return done;
}

/** Uploads below a folder that were begun more than a day ago and never ended; holds one page. */
export async function* abandonedUploads(
  bucket: Bucket,
  options: UploadSearch,
): AsyncGenerator<AbandonedUpload> {
  const { now } = options;
  let from: Markers = {};
  for (;;) {
    const page = await uploadsAfter(bucket, from, options);
    for (const { Key: key = '', UploadId: id = '', Initiated: begun } of page.Uploads ?? []) {
      if (begun === undefined || now - begun.getTime() < abandonedAfter) continue;
      yield { key, id, begun };
    }
    if (page.IsTruncated !== true) return;
    from = { KeyMarker: page.NextKeyMarker ?? '', UploadIdMarker: page.NextUploadIdMarker ?? '' };
  }
}

interface Markers {
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
}

function uploadsAfter(
  bucket: Bucket,
  from: Markers,
  { start, signal }: UploadSearch,
): Promise<ListMultipartUploadsCommandOutput> {
  const command = new ListMultipartUploadsCommand({
    Bucket: bucket.name,
    Prefix: `${bucket.prefix}${start}`,
    ...from,
  });
  return callBucket(bucket, { doing: 'list uploads of', key: start, signal }, () =>
    bucket.client.send(command, signal === undefined ? {} : { abortSignal: signal }),
  );
}
