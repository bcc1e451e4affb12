import type { DatasetName } from '../../hst/dataset-name.ts';
import type { WaitingDataset } from '../source-health.ts';

interface Entry extends WaitingDataset {
  readonly dataset: DatasetName;
  /** Milliseconds between the last look and the next one. */
  readonly pause: number;
  /** When to look again, on the clock that never goes back. */
  readonly due: number;
}

/** Looks at datasets that nothing led to, in one scan: a bucket full of halves must not keep a scan from its end. */
const mostLooks = 50;
const longestPause = 10 * 60_000;

/** The datasets of a bucket that are incomplete. */
export class WaitingList {
  readonly #interval: number;
  readonly #entries = new Map<string, Entry>();
  readonly #told = new Set<string>();

  constructor({ interval }: { readonly interval: number }) {
    this.#interval = interval;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The longest waiting first. */
  get all(): readonly WaitingDataset[] {
    return [...this.#entries.values()].sort((a, b) => a.since.getTime() - b.since.getTime());
  }

  /** Notes what a dataset waits for; each further time it is looked at half as often. */
  add(
    dataset: DatasetName,
    seen: {
      readonly place: string;
      readonly code: string;
      readonly reason: string;
      /** Milliseconds since 1970. */
      readonly at: number;
      /** The same moment on the clock that never goes back. */
      readonly now: number;
    },
  ): void {
    const { id } = dataset;
    const { place, code, reason, at, now } = seen;
    const former = this.#entries.get(id);
    const pause = Math.min(former === undefined ? this.#interval : former.pause * 2, longestPause);
    const since = former?.since ?? new Date(at);
    this.#entries.set(id, { id, dataset, place, since, code, reason, pause, due: now + pause });
  }

  remove({ id }: DatasetName): void {
    this.#entries.delete(id);
    this.#told.delete(id);
  }

  /** Some of those that are to be looked at again. */
  due(now: number): readonly DatasetName[] {
    const due: DatasetName[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.due <= now) due.push(entry.dataset);
      if (due.length >= mostLooks) break;
    }
    return due;
  }

  /** Those incomplete since before a time that were not told yet. */
  overdue(before: number): readonly WaitingDataset[] {
    const overdue = this.all.filter(
      ({ id, since }) => since.getTime() < before && !this.#told.has(id),
    );
    for (const { id } of overdue) this.#told.add(id);
    return overdue;
  }
}
