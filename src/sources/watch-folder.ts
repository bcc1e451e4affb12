import nodeFileSystem from 'node:fs/promises';
import { Subject } from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { locatedInputs } from '../inputs/located-inputs.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { Outcome } from '../streams/events.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import type {
  ObservableSource,
  SourceHealth,
  SourceReport,
  WaitingDataset,
} from './source-health.ts';
import type { SourceProblem } from './source-problem.ts';
import { DatasetRegister } from './watch/dataset-register.ts';
import { pathsOf } from './watch/evaluate.ts';
import { FileFactsCache } from './watch/file-facts.ts';
import { FolderTree, type Changes } from './watch/folder-tree.ts';
import { FolderWatcher, type WatchMode } from './watch/folder-watcher.ts';
import { ProblemLog } from './watch/problem-log.ts';
import { Wake } from './watch/wake.ts';

/** How a drop folder is watched. All times are milliseconds. */
export interface WatchOptions {
  /** Default `auto`: events, but polling on file systems that other machines write to. */
  readonly mode?: WatchMode;
  /** Between two scans when nothing happens. Default 5 s. A file counts as written when it did not change for half of it. */
  readonly interval?: number;
  /** For which a single exposure is left alone, because it may be the first file of an association. Default 30 s. */
  readonly quiet?: number;
  /** After which an incomplete dataset is reported. Default 1 hour. */
  readonly incompleteAfter?: number;
  /** Takes only datasets that have a marker `<id>.ready`. Default false. */
  readonly readyMarker?: boolean;
  /**
   * When the source is done. Default `stopped`: never. `once`: when everything that is there at the first scan and complete has been
   * given out. `idle`: when nothing has changed for `quiet` and all that was given out is settled.
   */
  readonly until?: 'stopped' | 'once' | 'idle';
  /** How many levels of folders below the drop folder are looked into. Default 4. */
  readonly depth?: number;
  readonly fileSystem?: FileSystem;
  readonly clock?: Clock;
}

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
  return new WatchFolder(root, options);
}

/** How many idle files and folders are looked at in a second. */
const idleLooksPerSecond = 200;
/** For how many intervals a single scan waits for files that do not stop changing. */
const longestOnce = 3;

class WatchFolder implements WatchedFolder {
  readonly name: string;
  readonly inputs: DatasetInputs;
  readonly #reports = new Subject<SourceReport>();
  readonly #root: string;
  readonly #interval: number;
  readonly #quiet: number;
  readonly #incompleteAfter: number;
  readonly #until: NonNullable<WatchOptions['until']>;
  readonly #clock: Clock;
  readonly #tree: FolderTree;
  readonly #register: DatasetRegister;
  readonly #watcher: FolderWatcher;
  readonly #problems = new ProblemLog();
  readonly #stopping = new AbortController();
  readonly #scanSoon = new Wake();
  readonly #news = new Wake();
  #hints = new Set<string>();
  #scannedAt: Date | undefined;
  #firstScan: number | undefined;
  #lastChange = 0;
  #state: 'new' | 'running' | 'done' | { readonly error: unknown } = 'new';

  constructor(root: string, options: WatchOptions) {
    const { fileSystem = nodeFileSystem, depth = 4, until = 'stopped' } = options;
    this.name = `file:${root}`;
    this.#root = root;
    this.#interval = options.interval ?? 5000;
    this.#quiet = options.quiet ?? 30_000;
    this.#incompleteAfter = options.incompleteAfter ?? 3_600_000;
    this.#until = until;
    this.#clock = options.clock ?? systemClock;
    const stable = this.#interval / 2;
    this.#tree = new FolderTree(root, { fileSystem, depth, stable });
    const quiet = until === 'once' ? stable : this.#quiet;
    this.#register = new DatasetRegister({
      facts: new FileFactsCache({ fileSystem }),
      patience: { stable, quiet, markers: options.readyMarker ?? false },
    });
    const mode = until === 'once' ? 'poll' : (options.mode ?? 'auto');
    const onHint = this.#hint;
    this.#watcher = new FolderWatcher(root, { depth, mode, fileSystem, onHint });
    this.inputs = this.#makeInputs(fileSystem);
  }

  get reports(): Subject<SourceReport> {
    return this.#reports;
  }

  async next({ signal }: { readonly signal: AbortSignal }): Promise<SourceItem> {
    if (this.#state === 'new') this.#start(signal);
    for (;;) {
      const item = this.#register.take();
      if (item !== undefined) return item;
      if (typeof this.#state === 'object') throw this.#state.error;
      if (this.#state === 'done') return { status: 'done' };
      await this.#news.wait({ most: Infinity, signal });
    }
  }

  settled(outcome: Outcome): void {
    this.#register.settled(outcome, { now: performance.now() });
    this.#scanSoon.now();
  }

  waiting(): readonly WaitingDataset[] {
    return this.#register.waiting();
  }

  health(): SourceHealth {
    return {
      scannedAt: this.#scannedAt,
      interval: this.#interval,
      problems: this.#problems.present,
      blind: this.#problems.present.some(
        ({ subject, code }) => subject === this.#root && code !== 'WATCH_LIMITED',
      ),
      counts: { ...this.#tree.counts, ...this.#register.counts },
      mode: this.#watcher.mode,
    };
  }

  readonly #hint = (path: string): void => {
    this.#hints.add(path);
    this.#scanSoon.now();
  };

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
        void this.#watcher.close();
        this.#news.now();
      });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let regular = 0;
    for (;;) {
      const now = performance.now();
      const isRegular = now >= regular;
      if (isRegular) regular = now + this.#interval;
      await this.#scan({ now, isRegular });
      if (this.#isDone(now)) return;
      const took = performance.now() - now;
      await this.#pause({ regular, least: Math.max(this.#interval / 20, 2 * took) });
      signal.throwIfAborted();
    }
  }

  async #scan({ now, isRegular }: { now: number; isRegular: boolean }): Promise<void> {
    const { signal } = this.#stopping;
    const [hints, wallTime] = [this.#hints, this.#clock.now().getTime()];
    this.#hints = new Set();
    const idleLooks = isRegular ? Math.ceil((this.#interval / 1000) * idleLooksPerSecond) : 0;
    const changes = await this.#tree.look({ now, wallTime, hints, idleLooks, signal });
    this.#refuseMissingRoot(changes);
    const same = changes.changed.length === 0 && changes.removed.length === 0;
    if (!same || this.#firstScan === undefined) this.#lastChange = now;
    this.#register.apply(changes);
    await this.#register.evaluate({ now, wallTime, signal });
    await this.#watcher.adapt(this.#tree.rootIdentity, { now });
    this.#firstScan ??= now;
    this.#scannedAt = new Date(wallTime);
    this.#report([...changes.problems, ...this.#watcher.problems], wallTime);
    this.#news.now();
  }

  #refuseMissingRoot({ problems }: Changes): void {
    const [problem] = problems.filter(({ subject }) => subject === this.#root);
    if (this.#until === 'stopped' || problem === undefined) return;
    const { message, code, advice } = problem;
    throw new CaldpError(message, { code, advice, exit: 'CMDLINE_ERROR' });
  }

  #report(problems: readonly SourceProblem[], at: number): void {
    for (const report of this.#problems.update(problems, { at })) this.#reports.next(report);
    for (const waiting of this.#register.overdue({ before: at - this.#incompleteAfter })) {
      this.#reports.next({ kind: 'waiting', at, waiting });
    }
  }

  #isDone(now: number): boolean {
    switch (this.#until) {
      case 'stopped':
        return false;
      case 'once': {
        const elapsed = now - (this.#firstScan ?? now);
        if (elapsed < this.#interval / 2) return false;
        return this.#tree.unsettled === 0 || elapsed > longestOnce * this.#interval;
      }
      case 'idle':
        return now - this.#lastChange >= this.#quiet && !this.#register.isActive;
    }
  }

  /** Until the next scan is due, or a hint came; never shorter than `least`, so that many hints make one scan. */
  async #pause({ regular, least }: { regular: number; least: number }): Promise<void> {
    const { signal } = this.#stopping;
    const soon = this.#tree.unsettled > 0 ? performance.now() + this.#interval / 2 : Infinity;
    const due = Math.min(regular, soon, this.#register.nextDue);
    const started = performance.now();
    await this.#scanSoon.wait({ most: Math.max(due - started, least), signal });
    const rest = least - (performance.now() - started);
    if (rest > 0) await new Wake().wait({ most: rest, signal });
  }

  #makeInputs(fileSystem: FileSystem): DatasetInputs {
    return locatedInputs(
      (dataset) => {
        const found = this.#register.filesOf(dataset);
        if (found !== undefined) return { place: found.place, paths: pathsOf(found.files) };
        throw new CaldpError(`The files of \`${dataset.id}\` are no longer in \`${this.#root}\`.`, {
          code: 'INPUT_NOT_FOUND',
          advice: 'Leave files in the drop folder until their dataset is published.',
        });
      },
      { fileSystem, uri: this.name },
    );
  }
}
