import { createHash } from 'node:crypto';
import type { Outcome } from '../../streams/events.ts';
import { offerAgain } from '../offer-again.ts';
import type { DatasetEntry } from './dataset-entry.ts';
import { pathOf, type SeenFile } from './seen-file.ts';

/** How long a dataset that another process holds is left alone, in milliseconds. */
const pause = 15_000;

/** Which complete datasets are to be given out: each version of its files once, and never two versions at a time. */
export class Offers {
  readonly #ready = new Set<DatasetEntry>();
  #busy = 0;

  /** How many wait to be taken. */
  get ready(): number {
    return this.#ready.size;
  }

  /** How many were taken and are not settled yet. */
  get busy(): number {
    return this.#busy;
  }

  /** Offers a dataset where there is reason to; answers a time instead where it has to wait until then. */
  offer(entry: DatasetEntry, { now }: { readonly now: number }): number | undefined {
    if (entry.verdict?.status !== 'complete' || entry.busy) return undefined;
    const same = entry.given === versionOf(entry.verdict.files);
    if (same && entry.againAt === undefined) return undefined;
    const at = Math.max(entry.quietUntil, same ? (entry.againAt ?? 0) : 0);
    if (at > now) return at;
    this.#ready.add(entry);
    return undefined;
  }

  withdraw(entry: DatasetEntry): void {
    this.#ready.delete(entry);
  }

  /** Takes what was offered first, and the folder it is in. */
  take(): { readonly entry: DatasetEntry; readonly place: string } | undefined {
    for (const entry of this.#ready) {
      this.#ready.delete(entry);
      if (entry.verdict?.status !== 'complete') continue;
      entry.given = versionOf(entry.verdict.files);
      entry.againAt = undefined;
      entry.busy = true;
      this.#busy += 1;
      return { entry, place: entry.verdict.place };
    }
    return undefined;
  }

  /** Notes that what was taken has been dealt with. */
  settle(
    entry: DatasetEntry,
    { outcome, now }: { readonly outcome: Outcome; readonly now: number },
  ): void {
    entry.busy = false;
    this.#busy -= 1;
    entry.failures = outcome.status === 'failed' ? entry.failures + 1 : 0;
    const again = offerAgain(outcome, { pause, failures: entry.failures });
    if (again !== undefined) entry.againAt = now + again.delay;
  }
}

function versionOf(files: readonly SeenFile[]): string {
  const text = files.map((file) => `${pathOf(file)}\0${file.version}`).sort();
  return createHash('sha1').update(text.join('\n')).digest('base64');
}
