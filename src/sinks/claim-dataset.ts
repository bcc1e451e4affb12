import { randomUUID } from 'node:crypto';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { TransferOptions } from '../stores/store.ts';
import { HeldClaim, settledStates } from './held-claim.ts';
import type { Layout } from './layout.ts';
import { isStale, type LeaseJudge } from './lease-staleness.ts';
import { describeLease, formatLease, leaseIn, type Lease } from './lease.ts';
import type { ClaimAnswer, SettledState } from './message-tree.ts';
import { settledState } from './settled-state.ts';
import { takeLease, type Taken } from './take-lease.ts';

interface ClaimContext extends LeaseJudge, TransferOptions {
  readonly layout: Layout;
  /** The last attempt known from elsewhere. */
  readonly attempt?: number;
}

/** Claims a dataset, or says who holds it. A claim that ends with an error leaves no lease that counts. */
export async function claimDataset(
  dataset: DatasetName,
  context: ClaimContext,
): Promise<ClaimAnswer> {
  const before = await settledState(dataset.id, context);
  const failed = before.status === 'error' ? before.error?.attempt : undefined;
  const base = newLease(dataset, { ...context, last: Math.max(context.attempt ?? 0, failed ?? 0) });
  try {
    const key = context.layout.messageKey('processing', dataset.id);
    const taken = await take(key, base, context);
    if (taken.status === 'held') return { status: 'held', holder: describeLease(taken.body) };
    const interrupted = leaseIn(taken.former);
    const former = await settledState(dataset.id, { ...context, interrupted });
    if (taken.former !== undefined) await clearTraces(dataset, { context, base, former });
    const lease = leaseIn(taken.body) ?? base;
    return { status: 'claimed', claim: new HeldClaim(dataset, lease, { ...context, former }) };
  } catch (error) {
    await giveBack(dataset, base, context);
    throw error;
  }
}

function newLease(dataset: DatasetName, context: ClaimContext & { readonly last: number }): Lease {
  const now = context.clock.now().toISOString();
  return {
    ...context.self,
    dataset: dataset.id,
    nonce: randomUUID(),
    attempt: context.last + 1,
    claimed: now,
    heartbeat: now,
  };
}

function take(key: string, base: Lease, context: ClaimContext): Promise<Taken> {
  return takeLease(key, {
    store: context.store,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    marks: context.layout.takeoverFolder(base.dataset),
    isStale: (body, at) => isStale(body, { ...context, key: at }),
    compose: (former) => {
      const attempt = Math.max(base.attempt, (leaseIn(former)?.attempt ?? 0) + 1);
      return formatLease({ ...base, attempt });
    },
  });
}

/** Ends what the process that is gone had begun: a change of messages, and takeovers of its own. */
async function clearTraces(
  dataset: DatasetName,
  options: {
    readonly context: ClaimContext;
    readonly base: Lease;
    readonly former: SettledState;
  },
): Promise<void> {
  const { context, base, former } = options;
  const { store, layout } = context;
  for (const state of settledStates) {
    if (former.status === 'none' || state === former.status) continue;
    await store.remove(layout.messageKey(state, dataset.id), context);
  }
  for await (const { key } of store.list(layout.takeoverFolder(dataset.id), context)) {
    // A mark is taken before it is removed, so that nobody else is just taking it.
    const taken = await take(key, base, context);
    if (taken.status === 'taken') await store.remove(key, context);
  }
}

/** After a claim that failed: its lease may be there although the call that wrote it reported an error. */
async function giveBack(
  dataset: DatasetName,
  base: Lease,
  { store, layout }: ClaimContext,
): Promise<void> {
  const key = layout.messageKey('processing', dataset.id);
  try {
    if (leaseIn(await store.read(key))?.nonce === base.nonce) await store.remove(key);
  } catch {
    // Any error of the store: the lease has no heartbeat, so others take it over when its time is up.
  }
}
