import { createHash } from 'node:crypto';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Store, TransferOptions } from '../stores/store.ts';

interface TakeOptions extends TransferOptions {
  readonly store: Pick<Store, 'read' | 'write' | 'create' | 'remove'>;
  /** The lease to be, different for every call; `former` is the stale lease it takes the place of. */
  readonly compose: (former: string | undefined) => string;
  readonly isStale: (body: string, key: string) => Promise<boolean>;
  /** The folder of the marks that make a takeover exclusive. */
  readonly marks: string;
}

/** `body` is what is in the place now: the lease of the caller, or of the holder. */
export type Taken =
  | { readonly status: 'taken'; readonly body: string; readonly former: string | undefined }
  | { readonly status: 'held'; readonly body: string };

/** A lease that comes and goes this often between two looks is not worth waiting for. */
const mostLooks = 20;

/**
 * Takes a lease that is free or stale, at most one of any number of takers on any number of machines, with nothing but
 * read, write, create and remove.
 *
 * A free lease is taken by `create`, of which one succeeds. To replace a stale lease L, removing it and creating a new one
 * would not do: a slow taker could remove the lease that a fast one has just created. So the right to replace L is itself a
 * lease, the mark, whose name is the digest of L. Why this is right:
 * 1. Only the holder of mark(L) writes over L, and only after it has seen, holding the mark, that L is still in place.
 * 2. Every lease has a nonce and its owner is gone, so once L is replaced it never comes back: who gets mark(L) later sees
 *    another lease and does nothing. So at most one taker replaces L.
 * 3. A taker that dies holding mark(L) leaves a stale mark, which is taken over in the same way, one level deeper. Every level
 *    needs another crash, so this ends.
 *
 * It rests on a holder that counts as gone never writing again. One that was merely stopped for longer than the time to live
 * finds out at its next heartbeat or before it announces its result, because both look whether the lease is still its own.
 */
export async function takeLease(key: string, options: TakeOptions): Promise<Taken> {
  const { store, compose, isStale } = options;
  for (let look = 0; look < mostLooks; look += 1) {
    const body = compose(undefined);
    if (await store.create(key, body, options)) return { status: 'taken', body, former: undefined };
    const current = await readText(key, options);
    if (current === undefined) continue;
    if (!(await isStale(current, key))) return { status: 'held', body: current };
    const outcome = await takeOver(key, current, options);
    if (outcome !== undefined) return outcome;
  }
  throw new CaldpError(`The lease \`${key}\` changes too often to be taken.`, {
    code: 'LEASE_BUSY',
    advice: 'Look whether several pipelines work on the same datasets.',
    retry: 'backoff',
  });
}

/** Undefined when the lease has changed meanwhile. */
async function takeOver(
  key: string,
  current: string,
  options: TakeOptions,
): Promise<Taken | undefined> {
  const { store, compose, marks } = options;
  const mark = `${marks}/${createHash('sha256').update(current).digest('hex')}`;
  const right = await takeLease(mark, options);
  if (right.status === 'held') return right;
  try {
    if ((await readText(key, options)) !== current) return undefined;
    const body = compose(current);
    await store.write(key, body, options);
    return { status: 'taken', body, former: current };
  } finally {
    await removeMark(mark, store);
  }
}

async function removeMark(mark: string, store: TakeOptions['store']): Promise<void> {
  try {
    await store.remove(mark);
  } catch {
    // Any error of the store: the lease that the mark stands for never comes back, so the mark is only litter.
  }
}

async function readText(key: string, options: TakeOptions): Promise<string | undefined> {
  const body = await options.store.read(key, options);
  return body === undefined ? undefined : Buffer.from(body).toString('utf8');
}
