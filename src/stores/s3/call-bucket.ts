import { setTimeout as delay } from 'node:timers/promises';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { Bucket } from './bucket.ts';
import { s3Error } from './s3-error.ts';

const longestDelay = 5_000;

/** One thing that is done to a bucket. */
export interface BucketCall {
  /** For messages, with the words `Could not` before it: `read`. */
  readonly doing: string;
  /** Below the prefix of the bucket; empty for the bucket itself. */
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does something to a bucket, and does it again from its beginning after a failure that may pass: after 200, 400, ... ms, each
 * spread by half so that many clients do not come back at once.
 *
 * @throws CaldpError by `s3Error`; the reason of the signal when that aborts.
 */
export async function callBucket<T>(
  bucket: Bucket,
  call: BucketCall,
  action: () => Promise<T>,
): Promise<T> {
  const { signal } = call;
  for (let tried = 1; ; tried += 1) {
    signal?.throwIfAborted();
    try {
      return await action();
    } catch (cause) {
      signal?.throwIfAborted();
      const error = s3Error(cause, { ...call, bucket });
      const passes = error instanceof CaldpError && error.retry !== 'never';
      if (!passes || tried >= bucket.tries) throw error;
      await wait(bucket.firstDelay * 2 ** (tried - 1), signal);
    }
  }
}

async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const spread = Math.min(milliseconds, longestDelay) * (0.75 + Math.random() / 2);
  try {
    await delay(spread, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // Its own AbortError hides why the wait was given up.
    signal?.throwIfAborted();
    throw error;
  }
}
