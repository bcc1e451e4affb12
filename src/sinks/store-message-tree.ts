import { randomUUID } from 'node:crypto';
import { parseDatasetName, type DatasetName } from '../hst/dataset-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { ProcessIdentity } from '../stores/process-identity.ts';
import type { Store, TransferOptions } from '../stores/store.ts';
import { HeldClaim } from './held-claim.ts';
import type { Layout, MessageState } from './layout.ts';
import { isStale } from './lease-staleness.ts';
import { describeLease, formatLease, parseLease, type Lease } from './lease.ts';
import { mergeSorted } from './merge-sorted.ts';
import type { ClaimAnswer, DatasetState, MessageTree } from './message-tree.ts';
import { settledState } from './settled-state.ts';
import { takeLease, type Taken } from './take-lease.ts';

/** What a message tree works with. */
export interface MessageTreeOptions {
  readonly layout: Layout;
  readonly clock: Clock;
  readonly self: ProcessIdentity;
  /** Where processes are looked up. */
  readonly fs: FileSystem;
  /** Milliseconds without a heartbeat after which a holder counts as gone; default 5 minutes, the same for all processes. */
  readonly ttl?: number;
}

const states: readonly MessageState[] = ['processing', 'processed', 'error', 'synced', 'archived'];

/** The message tree in a store. */
export class StoreMessageTree implements MessageTree {
  readonly #store: Store;
  readonly #options: Required<MessageTreeOptions>;

  constructor(store: Store, options: MessageTreeOptions) {
    this.#store = store;
    this.#options = { ...options, ttl: options.ttl ?? 5 * 60 * 1000 };
  }

  async claim(
    dataset: DatasetName,
    options: TransferOptions & { readonly attempt?: number } = {},
  ): Promise<ClaimAnswer> {
    const before = await this.#settled(dataset, options);
    const known = before.status === 'error' ? before.error?.attempt : undefined;
    const base = this.#newLease(dataset, Math.max(options.attempt ?? 0, known ?? 0));
    try {
      const taken = await this.#take(dataset, base, options);
      if (taken.status === 'held') return { status: 'held', holder: describeLease(taken.body) };
      const former = await this.#settled(dataset, {
        ...options,
        interrupted: leaseIn(taken.former),
      });
      if (taken.former !== undefined) await this.#removeMarks(dataset, base, options);
      const lease = leaseIn(taken.body) ?? base;
      const claim = new HeldClaim(dataset, lease, { ...this.#options, store: this.#store, former });
      return { status: 'claimed', claim };
    } catch (error) {
      await this.#giveBack(dataset, base);
      throw error;
    }
  }

  async state(dataset: DatasetName, options: TransferOptions = {}): Promise<DatasetState> {
    const key = this.#options.layout.messageKey('processing', dataset.id);
    const bytes = await this.#store.read(key, options);
    if (bytes === undefined) return this.#settled(dataset, options);
    const body = Buffer.from(bytes).toString('utf8');
    const stale = await this.#isStale(body, key, options);
    const since = (await this.#store.stat(key, options))?.modified ?? new Date(0);
    const parsed = parseLease(body);
    const interrupted = stale ? leaseIn(body) : undefined;
    const former = await this.#settled(dataset, { ...options, interrupted });
    return parsed.status === 'ok'
      ? { status: 'processing', since, stale, former, lease: parsed.record }
      : { status: 'processing', since, stale, former, problem: parsed.problem };
  }

  async *list(
    options: TransferOptions = {},
  ): AsyncIterable<{ readonly dataset: DatasetName; readonly state: DatasetState }> {
    for await (const id of mergeSorted(states.map((state) => this.#ids(state, options)))) {
      const dataset = datasetOf(id);
      if (dataset === undefined) continue;
      const state = await this.state(dataset, options);
      if (state.status !== 'none') yield { dataset, state };
    }
  }

  async *#ids(state: MessageState, options: TransferOptions): AsyncGenerator<string> {
    const { layout } = this.#options;
    for await (const { key } of this.#store.list(layout.messageFolder(state), options)) {
      const id = layout.messageId(state, key);
      if (id !== undefined) yield id;
    }
  }

  #settled(
    dataset: DatasetName,
    options: TransferOptions & { readonly interrupted?: Lease | undefined },
  ): ReturnType<typeof settledState> {
    const { layout } = this.#options;
    return settledState(dataset.id, { ...options, store: this.#store, layout });
  }

  #newLease(dataset: DatasetName, lastAttempt: number): Lease {
    const { self, clock } = this.#options;
    const now = clock.now().toISOString();
    return {
      ...self,
      dataset: dataset.id,
      nonce: randomUUID(),
      attempt: lastAttempt + 1,
      claimed: now,
      heartbeat: now,
    };
  }

  #take(dataset: DatasetName, base: Lease, options: TransferOptions): Promise<Taken> {
    const { layout } = this.#options;
    return this.#takeKey(layout.messageKey('processing', dataset.id), base, options);
  }

  #takeKey(key: string, base: Lease, options: TransferOptions): Promise<Taken> {
    return takeLease(key, {
      ...options,
      store: this.#store,
      marks: this.#options.layout.takeoverFolder(base.dataset),
      isStale: (body, at) => this.#isStale(body, at, options),
      compose: (former) => {
        const attempt = Math.max(base.attempt, (leaseIn(former)?.attempt ?? 0) + 1);
        return formatLease({ ...base, attempt });
      },
    });
  }

  #isStale(body: string, key: string, options: TransferOptions): Promise<boolean> {
    return isStale(body, { ...this.#options, ...options, store: this.#store, key });
  }

  /** Removes marks of takers that died; each is taken first, so that nobody else is just taking it. */
  async #removeMarks(dataset: DatasetName, base: Lease, options: TransferOptions): Promise<void> {
    const folder = this.#options.layout.takeoverFolder(dataset.id);
    for await (const { key } of this.#store.list(folder, options)) {
      const taken = await this.#takeKey(key, base, options);
      if (taken.status === 'taken') await this.#store.remove(key, options);
    }
  }

  /** After a claim that failed: its lease may be there although the call that wrote it reported an error. */
  async #giveBack(dataset: DatasetName, base: Lease): Promise<void> {
    const key = this.#options.layout.messageKey('processing', dataset.id);
    try {
      const body = await this.#store.read(key);
      if (body === undefined || leaseIn(Buffer.from(body).toString())?.nonce !== base.nonce) return;
      await this.#store.remove(key);
    } catch {
      // Any error of the store: the lease has no heartbeat, so others take it over when its time is up.
    }
  }
}

function leaseIn(body: string | undefined): Lease | undefined {
  if (body === undefined) return undefined;
  const parsed = parseLease(body);
  return parsed.status === 'ok' ? parsed.record : undefined;
}

function datasetOf(id: string): DatasetName | undefined {
  try {
    const dataset = parseDatasetName(id);
    return dataset.id === id ? dataset : undefined;
  } catch {
    // DatasetNameError: a file that somebody put there; it is no dataset of ours.
    return undefined;
  }
}
