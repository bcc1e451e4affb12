import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import { parseDatasetName, type DatasetName } from '../../hst/dataset-name.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { callBucket } from '../../stores/s3/call-bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';
import { bytesOf, openObject } from '../../stores/s3/read-object.ts';

/** Primary headers of raw files have some 100 to 300 cards. */
const headerBytes = 20 * 2880;
const cardBytes = 80;

/** The association that the header of a raw file says it belongs to (ASN_ID); undefined where it stands alone. */
export async function associationOf(
  raw: S3Object,
  { bucket, signal }: { readonly bucket: Bucket; readonly signal: AbortSignal },
): Promise<DatasetName | undefined> {
  const { key } = raw;
  // A range of an empty object cannot be satisfied.
  if (raw.size === 0) return undefined;
  const bytes = await callBucket(bucket, { doing: 'read', key, signal }, async () =>
    bytesOf(await openObject(bucket, key, { first: headerBytes, signal })),
  );
  for (let at = 0; at + cardBytes <= bytes.length; at += cardBytes) {
    const card = bytes.toString('latin1', at, at + cardBytes);
    if (card.startsWith('END     ')) return undefined;
    if (card.startsWith('ASN_ID  =')) return named(/'([^']*)'/.exec(card)?.[1] ?? '');
  }
  return undefined;
}

/** `NONE` and whatever is no name. */
function named(text: string): DatasetName | undefined {
  try {
    return parseDatasetName(text);
  } catch (error) {
    if (error instanceof DatasetNameError) return undefined;
    throw error;
  }
}
