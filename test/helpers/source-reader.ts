import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { firstValueFrom, from } from 'rxjs';
import type { DatasetSource, SourceItem } from '../../src/sources/dataset-source.ts';
import { until } from './until.ts';

/** Asks a source again and again, as the door of the stream does, and notes the answers. */
export class SourceReader {
  readonly items: Exclude<SourceItem, { readonly status: 'done' }>[] = [];
  /** When each item came, by `performance.now`. */
  readonly times: number[] = [];
  /** Resolves when the source is done, broken or stopped; with its error where it is broken. */
  readonly ended: Promise<unknown>;
  readonly #source: DatasetSource;
  readonly #settles: boolean;
  readonly #stopping = new AbortController();

  /** @param options.settles - whether each item is settled at once; default true */
  constructor(
    t: ExecutionContext,
    source: DatasetSource,
    { settles = true }: { readonly settles?: boolean } = {},
  ) {
    this.#source = source;
    this.#settles = settles;
    t.teardown(() => {
      this.stop();
      return this.ended;
    });
    this.ended = this.#read();
  }

  get ids(): readonly string[] {
    return this.items.flatMap((item) => (item.status === 'requested' ? [item.dataset.id] : []));
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Waits until so many datasets were given out. */
  async requests(count: number, { within = 20_000 } = {}): Promise<void> {
    await until(() => this.ids.length >= count, { deadline: within });
  }

  /** Makes sure that for a while, long against the intervals of tests, nothing more comes. */
  async isQuiet(): Promise<void> {
    const { length } = this.items;
    await delay(400);
    if (this.items.length > length) {
      throw new Error(`Came unexpectedly: ${JSON.stringify(this.items.slice(length))}.`);
    }
  }

  /** Tells the source that all that it has given out is published. */
  settleAll(): void {
    for (const item of this.items) this.#settle(item);
  }

  async #read(): Promise<unknown> {
    const { signal } = this.#stopping;
    try {
      while (!signal.aborted) {
        const item = await firstValueFrom(from(this.#source.next({ signal })));
        if (item.status === 'done') return undefined;
        this.items.push(item);
        this.times.push(performance.now());
        if (this.#settles) this.#settle(item);
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #settle(item: SourceItem): void {
    if (item.status !== 'requested') return;
    const { dataset, origin } = item;
    const reason = 'for the test';
    this.#source.settled?.({ status: 'skipped', dataset, origin, because: 'finished', reason });
  }
}
