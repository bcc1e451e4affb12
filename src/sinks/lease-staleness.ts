import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { liveness, type ProcessIdentity } from '../system/process-identity.ts';
import type { Store, TransferOptions } from '../stores/store.ts';
import { parseLease } from './lease.ts';

/** What is needed to judge a lease. */
export interface LeaseJudge {
  readonly store: Store;
  readonly clock: Clock;
  readonly self: ProcessIdentity;
  /** Where processes are looked up. */
  readonly fileSystem: FileSystem;
  /** Milliseconds without a heartbeat after which a holder counts as gone. */
  readonly ttl: number;
}

/**
 * Whether the holder of a lease is gone: its process is seen to have ended, or the object has not been written for `ttl`.
 *
 * The age is taken from the store, not from the heartbeat in the lease, so that a holder whose clock is wrong is not robbed;
 * and `body` must have been read before, so that the age is never that of an older body. A body that is no lease is judged by
 * its age alone.
 */
export async function isStale(
  body: string,
  options: LeaseJudge & TransferOptions & { readonly key: string },
): Promise<boolean> {
  const { store, clock, self, fileSystem, ttl, key } = options;
  const parsed = parseLease(body);
  if (parsed.status === 'ok' && (await liveness(parsed.record, { self, fileSystem })) === 'gone')
    return true;
  const entry = await store.stat(key, options);
  return entry !== undefined && clock.now().getTime() - entry.modified.getTime() > ttl;
}
