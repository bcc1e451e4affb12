import { CaldpError } from '../../errors/caldp-error.ts';
import { reachBucket, type Bucket, type S3Place } from '../../stores/s3/bucket.ts';
import { listObjects } from '../../stores/s3/list-objects.ts';
import { beginUpload } from '../../stores/s3/multipart-upload.ts';
import { bytesOf, openObject } from '../../stores/s3/read-object.ts';
import { callBucket } from '../../stores/s3/call-bucket.ts';
import { abandonedUploads } from '../../stores/s3/sweep-uploads.ts';
import type { Finding } from './finding.ts';

/** A bucket to look at, and what it is to a run. */
interface BucketExamination {
  readonly role: 'input' | 'output';
  readonly signal: AbortSignal;
}

/**
 * Looks whether there are credentials, whether the bucket answers, and whether it can be read or written. Makes no object: writing is
 * tried with an upload that is begun and given up. What follows from a finding that is bad is left out.
 */
export async function* examineBucket(
  place: S3Place,
  { role, signal }: BucketExamination,
): AsyncGenerator<Finding> {
  const timeouts = { connection: 5_000, stall: 10_000 };
  const bucket = reachBucket(place, { role, tries: 2, timeouts });
  const looks =
    role === 'input'
      ? [credentialsFinding, listFinding, readFinding]
      : [credentialsFinding, listFinding, writeFinding, uploadsFinding];
  for (const look of looks) {
    const finding = await findingOf(() => look(bucket, signal));
    yield { ...finding, name: `${finding.name} ${bucket.uri}` };
    if (finding.verdict === 'bad') return;
  }
}

async function findingOf(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof CaldpError)) throw error;
    const found = `${error.message.replace(/\.$/, '')} [${error.code}]`;
    return { name: 'reach', verdict: 'bad', found, advice: error.advice };
  }
}

async function credentialsFinding(bucket: Bucket, signal: AbortSignal): Promise<Finding> {
  const call = { doing: 'find credentials for', key: '', signal };
  const found = await callBucket(bucket, call, () => bucket.client.config.credentials());
  // Enough to tell which key it is, and no secret.
  const key = `access key ${found.accessKeyId.slice(0, 4)}…${found.accessKeyId.slice(-4)}`;
  return { name: 'credentials for', verdict: 'good', found: key, advice: '' };
}

async function listFinding(bucket: Bucket, signal: AbortSignal): Promise<Finding> {
  for await (const { key } of listObjects(bucket, { start: '', signal })) {
    return {
      name: 'list',
      verdict: 'good',
      found: `yes, the first object is \`${key}\``,
      advice: '',
    };
  }
  return { name: 'list', verdict: 'good', found: 'yes, it is empty', advice: '' };
}

async function readFinding(bucket: Bucket, signal: AbortSignal): Promise<Finding> {
  for await (const { key, size } of listObjects(bucket, { start: '', signal })) {
    if (size === 0) continue;
    await callBucket(bucket, { doing: 'read', key, signal }, async () =>
      bytesOf(await openObject(bucket, key, { first: 1, signal })),
    );
    return { name: 'read', verdict: 'good', found: 'yes', advice: '' };
  }
  const advice = 'Nothing is there to be read: put a dataset there and look again.';
  return { name: 'read', verdict: 'missing', found: 'not tried', advice };
}

async function writeFinding(bucket: Bucket, signal: AbortSignal): Promise<Finding> {
  const upload = await beginUpload(bucket, 'caldp-doctor', { metadata: {}, signal });
  await upload.abandon();
  return { name: 'write to', verdict: 'good', found: 'yes', advice: '' };
}

async function uploadsFinding(bucket: Bucket, signal: AbortSignal): Promise<Finding> {
  let count = 0;
  for await (const upload of abandonedUploads(bucket, { start: '', now: Date.now(), signal })) {
    count += upload.key === '' ? 0 : 1;
  }
  return {
    name: 'abandoned uploads in',
    verdict: count === 0 ? 'good' : 'missing',
    found: String(count),
    advice:
      count === 0
        ? ''
        : 'They cost space: a daemon gives up those of its trees; a lifecycle rule `AbortIncompleteMultipartUpload` gives up all.',
  };
}
