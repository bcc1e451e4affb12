import { parseDatasetName, type DatasetName } from '../hst/dataset-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { ProcessIdentity } from '../system/process-identity.ts';
import type { Store, TransferOptions } from '../stores/store.ts';
import { claimDataset } from './claim-dataset.ts';
import type { Layout, MessageState } from './layout.ts';
import { isStale } from './lease-staleness.ts';
import { parseLease } from './lease.ts';
import { mergeSorted } from './merge-sorted.ts';
import type { ClaimAnswer, DatasetState, MessageTree } from './message-tree.ts';
import { settledState } from './settled-state.ts';
import { sweepHomes } from './sweep-homes.ts';

/** What a message tree works with. */
export interface MessageTreeOptions {
  readonly layout: Layout;
  readonly clock: Clock;
  readonly self: ProcessIdentity;
  /** Where processes are looked up. */
  readonly fileSystem: FileSystem;
  /** Milliseconds without a heartbeat after which a holder counts as gone; default 5 minutes, the same for all processes. */
  readonly ttl?: number;
}

const states: readonly MessageState[] = ['processing', 'processed', 'error', 'synced', 'archived'];

/** The message tree in a store. */
export class StoreMessageTree implements MessageTree {
  readonly #context: Required<MessageTreeOptions> & { readonly store: Store };

  constructor(store: Store, options: MessageTreeOptions) {
    this.#context = { ...options, store, ttl: options.ttl ?? 5 * 60 * 1000 };
  }

  async claim(
    dataset: DatasetName,
    options: TransferOptions & { readonly attempt?: number } = {},
  ): Promise<ClaimAnswer> {
    return claimDataset(dataset, { ...this.#context, ...options });
  }

  async state(dataset: DatasetName, options: TransferOptions = {}): Promise<DatasetState> {
    const context = { ...this.#context, ...options };
    const { store, layout } = context;
    const key = layout.messageKey('processing', dataset.id);
    const bytes = await store.read(key, options);
    if (bytes === undefined) return settledState(dataset.id, context);
    const body = Buffer.from(bytes).toString('utf8');
    const stale = await isStale(body, { ...context, key });
    const since = (await store.stat(key, options))?.modified ?? new Date(0);
    const parsed = parseLease(body);
    if (parsed.status === 'unreadable') {
      const former = await settledState(dataset.id, context);
      return { status: 'processing', since, stale, former, problem: parsed.problem };
    }
    const lease = parsed.record;
    const interrupted = stale ? lease : undefined;
    const former = await settledState(dataset.id, { ...context, interrupted });
    return { status: 'processing', since, stale, former, lease };
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

  sweep(options: TransferOptions = {}): Promise<readonly string[]> {
    const { store, layout } = this.#context;
    return sweepHomes(layout.messageHomes, { ...options, store });
  }

  async *#ids(state: MessageState, options: TransferOptions): AsyncGenerator<string> {
    const { store, layout } = this.#context;
    for await (const { key } of store.list(layout.messageFolder(state), options)) {
      const id = layout.messageId(state, key);
      if (id !== undefined) yield id;
    }
  }
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
