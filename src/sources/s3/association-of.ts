import { blockBytes, cardBytes } from '../../fits/block.ts';
import { parseCard } from '../../fits/card.ts';
import { DatasetNameError } from '../../hst/dataset-name-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import { tryDatasetName } from '../../hst/try-dataset-name.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import { callBucket } from '../../stores/s3/call-bucket.ts';
import type { S3Object } from '../../stores/s3/list-objects.ts';
import { bytesOf, openObject } from '../../stores/s3/read-object.ts';

/** Primary headers of raw files have some 100 to 300 cards. */
const headerBytes = 20 * blockBytes;

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
    const { keyword, value } = parseCard(card);
    if (keyword === 'END') return undefined;
    if (keyword === 'ASN_ID') return value.kind === 'string' ? named(value.value) : undefined;
  }
  return undefined;
}

/** `NONE` and whatever is no name. */
function named(text: string): DatasetName | undefined {
  const dataset = tryDatasetName(text);
  return dataset instanceof DatasetNameError ? undefined : dataset;
}
