import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';

/** An upload that began so long ago belongs to a process that is gone. */
const abandonedAfter = 24 * 60 * 60 * 1000;

/** Gives up uploads below a folder that were begun more than a day ago and never ended; answers a line for each. */
export async function sweepUploads(
  bucket: Bucket,
  options: {
    readonly start: string;
    readonly now: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly string[]> {
  const { start, now, signal } = options;
  const sending = signal === undefined ? {} : { abortSignal: signal };
  const done: string[] = [];
  let from: { readonly KeyMarker?: string; readonly UploadIdMarker?: string } = {};
  for (;;) {
    const page: ListMultipartUploadsCommandOutput = await callBucket(
      bucket,
      { doing: 'list uploads of', key: start, signal },
      () =>
        bucket.client.send(
          new ListMultipartUploadsCommand({
            Bucket: bucket.name,
            Prefix: `${bucket.prefix}${start}`,
            ...from,
          }),
          sending,
        ),
    );
    for (const { Key = '', UploadId, Initiated } of page.Uploads ?? []) {
      if (Initiated === undefined || now - Initiated.getTime() < abandonedAfter) continue;
      await callBucket(bucket, { doing: 'give up', key: Key, signal }, () =>
        bucket.client.send(
          new AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId }),
          sending,
        ),
      );
      done.push(`gave up the upload of \`${Key}\` begun ${Initiated.toISOString()}`);
    }
    if (page.IsTruncated !== true) return done;
    from = {
      KeyMarker: page.NextKeyMarker ?? '',
      UploadIdMarker: page.NextUploadIdMarker ?? '',
    };
  }
}
