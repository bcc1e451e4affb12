import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Outcome } from '../../streams/events.ts';
import type { SourceItem } from '../dataset-source.ts';
import { offerAgain, type OfferAgain } from '../offer-again.ts';

interface Later {
  readonly dataset: DatasetName;
  readonly because: OfferAgain['because'];
  /** On the clock that never goes back. */
  readonly due: number;
}

/** The datasets that were given out and are not settled, and those that are to be given out again. */
export class Offers {
  readonly #interval: number;
  /** At most as many as may be in flight. */
  readonly #out = new Map<string, DatasetName>();
  readonly #later = new Map<string, Later>();
  readonly #failures = new Map<string, number>();
  /** How many were given out since the count was last set back. */
  given = 0;

  constructor({ interval }: { readonly interval: number }) {
    this.#interval = interval;
  }

  /** Those that others hold. */
  get held(): number {
    return [...this.#later.values()].filter(({ because }) => because === 'held').length;
  }

  /** Those that failed and are tried again. */
  get failed(): number {
    return this.#later.size - this.held;
  }

  get out(): number {
    return this.#out.size;
  }

  isOut({ id }: DatasetName): boolean {
    return this.#out.has(id);
  }

  /** Gives a dataset out, unless it is out already. */
  *give(dataset: DatasetName, origin: string): Generator<SourceItem> {
    if (this.#out.has(dataset.id)) return;
    this.given += 1;
    this.#later.delete(dataset.id);
    this.#out.set(dataset.id, dataset);
    yield { status: 'requested', dataset, origin };
  }

  /** Takes in what became of a dataset; true when it is done with, however it ended. */
  settle(outcome: Exclude<Outcome, { readonly status: 'rejected' }>, now: number): boolean {
    const { dataset } = outcome;
    const { id } = dataset;
    this.#out.delete(id);
    const failures = outcome.status === 'failed' ? (this.#failures.get(id) ?? 0) + 1 : 0;
    const again = offerAgain(outcome, { pause: this.#interval, failures });
    if (again?.because === 'failed') this.#failures.set(id, failures);
    else this.#failures.delete(id);
    if (again === undefined) return outcome.status !== 'interrupted';
    this.#later.set(id, { dataset, because: again.because, due: now + again.delay });
    return false;
  }

  /** Gives out again those whose time has come. */
  *giveAgain(now: number): Generator<SourceItem> {
    for (const { dataset, because, due } of [...this.#later.values()]) {
      if (due <= now) yield* this.give(dataset, `${because} before`);
    }
  }
}
