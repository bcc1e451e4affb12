import type { DatasetName } from '../hst/dataset-name.ts';
import type { DatasetState } from '../sinks/message-tree.ts';
import type { PipelineEvent } from '../streams/telemetry.ts';
import { admitted, ended, iso, nextSeen, rememberedDataset } from './board-changes.ts';
import type { BoardDataset, BoardState } from './board-dataset.ts';

interface Kept {
  readonly dataset: DatasetName;
  readonly seen: BoardDataset;
  /** Path of the log that a failed attempt left. */
  readonly log?: string;
}

/** How many datasets are remembered; those under way always are. */
const mostKept = 10_000;

/** What the status page shows: the newest datasets and what became of them. Holds at most some 10,000 records of about 1 KB. */
export class DatasetBoard {
  readonly #kept = new Map<string, Kept>();

  get counts(): Readonly<Record<BoardState, number>> {
    const counts = { processing: 0, published: 0, failed: 0, skipped: 0, interrupted: 0 };
    for (const { seen } of this.#kept.values()) counts[seen.state] += 1;
    return counts;
  }

  get isFull(): boolean {
    return this.#kept.size >= mostKept;
  }

  get(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  /** The newest first. */
  list(): readonly BoardDataset[] {
    return Array.from(this.#kept.values(), ({ seen }) => seen).reverse();
  }

  /** Takes in what the messages of an earlier run say, for a dataset that nothing is known of. */
  remember(dataset: DatasetName, state: DatasetState): void {
    if (this.#kept.has(dataset.id)) return;
    const seen = rememberedDataset(dataset, state);
    if (seen !== undefined) this.#keep({ dataset, seen });
  }

  /** Takes in an event; answers the dataset that it changed. */
  take(event: PipelineEvent): BoardDataset | undefined {
    if (event.type === 'settled') return this.#settle(event);
    const { dataset } = event;
    const kept = this.#kept.get(dataset.id)?.seen;
    const seen = nextSeen(kept ?? admitted(dataset.id, event.at), event);
    this.#keep({ dataset, seen });
    return seen;
  }

  #settle(event: Extract<PipelineEvent, { readonly type: 'settled' }>): BoardDataset | undefined {
    const { outcome, at } = event;
    if (outcome.status === 'rejected') return undefined;
    const { dataset } = outcome;
    const before = this.#kept.get(dataset.id)?.seen ?? admitted(dataset.id, at);
    const seen = { ...before, ...ended(outcome, event), since: iso(at) };
    const log =
      outcome.status === 'failed' && outcome.work !== undefined
        ? { log: outcome.work.log('process.txt') }
        : {};
    this.#keep({ dataset, seen, ...log });
    return seen;
  }

  /** The newest is last. */
  #keep(kept: Kept): void {
    const { id } = kept.dataset;
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    if (this.#kept.size <= mostKept) return;
    for (const [old, { seen }] of this.#kept) {
      if (seen.state === 'processing') continue;
      this.#kept.delete(old);
      return;
    }
  }
}
