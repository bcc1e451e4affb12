import { randomBytes } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { reachBucket, type Bucket } from '../../src/stores/s3/bucket.ts';
import type { S3Options } from '../../src/stores/s3/s3-options.ts';
import type { Gateway } from './gateway.ts';

/** Options for a gateway: short waits, small parts. */
export function gatewayOptions(gateway: Gateway): S3Options {
  const { endpoint, credentials } = gateway;
  return {
    environment: {},
    endpoint,
    credentials,
    partSize: 5 * 1024 * 1024,
    timeouts: { connection: 2_000, stall: 20_000, request: 30_000 },
    firstDelay: 20,
  };
}

/** Makes a new bucket; `options` are those to reach it with afterwards. */
export async function newBucket(
  gateway: Gateway,
  options: S3Options & { readonly prefix?: string; readonly role?: 'input' | 'output' } = {},
): Promise<Bucket> {
  const name = `bucket-${randomBytes(6).toString('hex')}`;
  const { prefix = '', role = 'output', ...rest } = options;
  const place = { bucket: name, prefix };
  const owner = reachBucket(place, { ...gatewayOptions(gateway), role });
  await owner.client.send(new CreateBucketCommand({ Bucket: name }));
  return reachBucket(place, { ...gatewayOptions(gateway), ...rest, role });
}
