import type { WaitingDataset } from '../source-health.ts';
import type { DatasetEntry } from './dataset-entry.ts';

/** The datasets that are incomplete, and since when. */
export class IncompleteDatasets {
  readonly #entries = new Set<DatasetEntry>();

  get size(): number {
    return this.#entries.size;
  }

  /** @param options.wallTime - milliseconds since 1970 */
  begin(entry: DatasetEntry, { wallTime }: { readonly wallTime: number }): void {
    entry.waitingSince ??= wallTime;
    this.#entries.add(entry);
  }

  end(entry: DatasetEntry): void {
    entry.waitingSince = undefined;
    entry.reported = false;
    this.#entries.delete(entry);
  }

  /** All of them, the longest waiting first. */
  list(): readonly WaitingDataset[] {
    return [...this.#entries]
      .flatMap((entry) => described(entry) ?? [])
      .sort((a, b) => a.since.getTime() - b.since.getTime());
  }

  /** What has been incomplete since `before` (milliseconds since 1970) and was not answered before. */
  overdue({ before }: { readonly before: number }): readonly WaitingDataset[] {
    return [...this.#entries].flatMap((entry) => {
      if (entry.waitingSince === undefined || entry.reported) return [];
      if (entry.waitingSince > before) return [];
      entry.reported = true;
      return described(entry) ?? [];
    });
  }
}

function described({ dataset, verdict, waitingSince }: DatasetEntry): WaitingDataset | undefined {
  if (verdict?.status !== 'waiting' || waitingSince === undefined) return undefined;
  const { code, reason, place } = verdict;
  return { id: dataset.id, place, since: new Date(waitingSince), code, reason };
}
