import type { Observable } from 'rxjs';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import type { Outcome } from '../streams/events.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import type {
  ObservableSource,
  SourceHealth,
  SourceReport,
  WaitingDataset,
} from './source-health.ts';
import { DropScanner } from './watch/drop-scanner.ts';
import { Wake } from './watch/wake.ts';
import { watchedInputs } from './watch/watched-inputs.ts';
import { watchSettings, type WatchOptions, type WatchSettings } from './watch/watch-settings.ts';

export type { WatchOptions };

/** A drop folder as a source, and as the place where the files of its datasets are. */
export interface WatchedFolder extends DatasetSource, ObservableSource {
  /** The inputs of the datasets that were given out: their files may lie in any folder of the drop. */
  readonly inputs: DatasetInputs;
}

/**
 * Watches a drop folder: gives out each dataset whose files are all there, at rest and whole, and again when they changed after it
 * was settled. Scans at its own pace from the first question on, whether it is asked or not; what is told by the system only makes
 * it scan sooner. Nothing is lost by what it remembers: after a restart everything that is there is given out again.
 *
 * Holds a record of some 300 bytes for each file that can belong to a dataset. Ends its scans when the signal of the first
 * question is aborted. It fails only where `until` is not `stopped` and the folder cannot be read at all.
 */
export function watchFolder(root: string, options: WatchOptions = {}): WatchedFolder {
  return new WatchFolder(root, watchSettings(options));
}

/** For how many intervals a single scan waits for files that do not stop changing. */
const longestOnce = 3;

class WatchFolder implements WatchedFolder {
  readonly name: string;
  readonly inputs: DatasetInputs;
  readonly #settings: WatchSettings;
  readonly #scanner: DropScanner;
  readonly #stopping = new AbortController();
  readonly #scanSoon = new Wake();
  readonly #news = new Wake();
  #firstScan: number | undefined;
  #state: 'new' | 'running' | 'done' | { readonly error: unknown } = 'new';

  constructor(root: string, settings: WatchSettings) {
    this.name = `file:${root}`;
    this.#settings = settings;
    const onHint = (): void => {
      this.#scanSoon.now();
    };
    const scanner = new DropScanner(root, { settings, onHint });
    const { fileSystem } = settings;
    this.#scanner = scanner;
    this.inputs = watchedInputs((dataset) => scanner.register.filesOf(dataset), {
      root,
      fileSystem,
    });
  }

  get reports(): Observable<SourceReport> {
    return this.#scanner.reports;
  }

  async next({ signal }: { readonly signal: AbortSignal }): Promise<SourceItem> {
    if (this.#state === 'new') this.#start(signal);
    for (;;) {
      const item = this.#scanner.register.take();
      if (item !== undefined) return item;
      if (typeof this.#state === 'object') throw this.#state.error;
      if (this.#state === 'done') return { status: 'done' };
      await this.#news.wait({ most: Infinity, signal });
    }
  }

  settled(outcome: Outcome): void {
    this.#scanner.register.settled(outcome, { now: performance.now() });
    this.#scanSoon.now();
  }

  waiting(): readonly WaitingDataset[] {
    return this.#scanner.register.waiting();
  }

  health(): SourceHealth {
    return this.#scanner.health();
  }

  #start(signal: AbortSignal): void {
    this.#state = 'running';
    const stop = (): void => {
      this.#stopping.abort(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    void this.#run()
      .then(() => {
        this.#state = 'done';
      })
      .catch((error: unknown) => {
        this.#state = { error };
      })
      .finally(() => {
        signal.removeEventListener('abort', stop);
        void this.#scanner.close();
        this.#news.now();
      });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { interval } = this.#settings;
    const onReady = (): void => {
      this.#news.now();
    };
    let regular = 0;
    for (;;) {
      const now = performance.now();
      const isRegular = now >= regular;
      if (isRegular) regular = now + interval;
      await this.#scanner.scan({ now, isRegular, onReady, signal });
      this.#firstScan ??= now;
      // What is refused is there to be taken too.
      this.#news.now();
      if (this.#isDone(now)) return;
      const took = performance.now() - now;
      await this.#pause({ regular, least: this.#restAfter(took) });
      signal.throwIfAborted();
    }
  }

  /**
   * How long to rest at least after a scan that took so long, in milliseconds: many hints then make one scan, and scans that follow
   * each other leave time for other work. No longer than an interval, because files may come to rest in the meantime.
   */
  #restAfter(took: number): number {
    const { interval } = this.#settings;
    return Math.min(Math.max(interval / 20, 2 * took), interval);
  }

  #isDone(now: number): boolean {
    const { interval, quiet, until } = this.#settings;
    switch (until) {
      case 'stopped':
        return false;
      case 'once': {
        const elapsed = now - (this.#firstScan ?? now);
        if (elapsed < interval / 2) return false;
        return !this.#scanner.isUnsettled || elapsed > longestOnce * interval;
      }
      case 'idle':
        return now - this.#scanner.lastChange >= quiet && !this.#scanner.register.isActive;
    }
  }

  /** Until the next scan is due, or a hint came; never shorter than `least`. */
  async #pause({ regular, least }: { regular: number; least: number }): Promise<void> {
    const { signal } = this.#stopping;
    const started = performance.now();
    const soon = this.#scanner.isUnsettled ? started + this.#settings.interval / 2 : Infinity;
    const due = Math.min(regular, soon, this.#scanner.register.nextDue);
    await this.#scanSoon.wait({ most: Math.max(due - started, least), signal });
    const rest = least - (performance.now() - started);
    if (rest > 0) await new Wake().wait({ most: rest, signal });
  }
}
