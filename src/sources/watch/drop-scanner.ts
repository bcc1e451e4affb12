import { Subject } from 'rxjs';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { SourceHealth, SourceReport } from '../source-health.ts';
import type { SourceProblem } from '../source-problem.ts';
import { DatasetRegister } from './dataset-register.ts';
import { FileFactsCache } from './file-facts-cache.ts';
import { FolderTree } from './folder-tree.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { ProblemLog } from './problem-log.ts';
import type { WatchSettings } from './watch-settings.ts';

/** One scan. */
interface ScanOptions {
  /** Milliseconds on a clock that never goes back. */
  readonly now: number;
  /** Whether it is one of those that come at every interval: then some of what has long been idle is looked at too. */
  readonly isRegular: boolean;
  /** Told as soon as a dataset is there to be taken. */
  readonly onReady: () => void;
  readonly signal: AbortSignal;
}

/** How many idle files and folders are looked at in a second. */
const idleLooksPerSecond = 200;

/** Looks at a drop folder when told to, and knows which datasets in it are to be given out. */
export class DropScanner {
  readonly reports = new Subject<SourceReport>();
  readonly register: DatasetRegister;
  readonly #root: string;
  readonly #settings: WatchSettings;
  readonly #tree: FolderTree;
  readonly #watcher: FolderWatcher;
  readonly #problems = new ProblemLog();
  readonly #onHint: () => void;
  #hints = new Set<string>();
  #scannedAt: Date | undefined;
  #lastChange: number | undefined;

  /** @param options.onHint - told when the system says that something changed */
  constructor(root: string, options: { readonly settings: WatchSettings; onHint: () => void }) {
    const { settings, onHint } = options;
    const { stable, quiet, readyMarker: markers } = settings;
    this.#root = root;
    this.#settings = settings;
    this.#onHint = onHint;
    this.#tree = new FolderTree(root, settings);
    this.#watcher = new FolderWatcher(root, { ...settings, onHint: this.#hint });
    const facts = new FileFactsCache(settings);
    this.register = new DatasetRegister({ facts, patience: { stable, quiet, markers } });
  }

  /** Whether files changed so lately that they have to be looked at again soon. */
  get isUnsettled(): boolean {
    return this.#tree.unsettled > 0;
  }

  /** When something was last found to be different, or the first scan; by the clock of the scans. */
  get lastChange(): number {
    return this.#lastChange ?? 0;
  }

  health(): SourceHealth {
    const { present } = this.#problems;
    return {
      scannedAt: this.#scannedAt,
      interval: this.#settings.interval,
      problems: present,
      blind: present.some(
        ({ subject, code }) => subject === this.#root && code !== 'WATCH_LIMITED',
      ),
      counts: { ...this.#tree.counts, ...this.register.counts },
      mode: this.#watcher.mode,
    };
  }

  /** Brings everything up to date. Fails where the folder cannot be read and the source is not meant to wait for it. */
  async scan({ now, isRegular, ...rest }: ScanOptions): Promise<void> {
    const { interval, clock } = this.#settings;
    const [hints, wallTime] = [this.#hints, clock.now().getTime()];
    this.#hints = new Set();
    const idleLooks = isRegular ? Math.ceil((interval / 1000) * idleLooksPerSecond) : 0;
    const changes = await this.#tree.look({ now, wallTime, hints, idleLooks, ...rest });
    this.#refuseRoot(changes.problems);
    const isSame = changes.changed.length === 0 && changes.removed.length === 0;
    if (!isSame || this.#lastChange === undefined) this.#lastChange = now;
    this.register.apply(changes);
    await this.register.evaluate({ now, wallTime, ...rest });
    await this.#watcher.adapt(this.#tree.rootIdentity, { now });
    this.#scannedAt = new Date(wallTime);
    this.#report([...changes.problems, ...this.#watcher.problems], wallTime);
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }

  readonly #hint = (path: string): void => {
    this.#hints.add(path);
    this.#onHint();
  };

  #refuseRoot(problems: readonly SourceProblem[]): void {
    const problem = problems.find(({ subject }) => subject === this.#root);
    if (this.#settings.until === 'stopped' || problem === undefined) return;
    const { message, code, advice } = problem;
    throw new CaldpError(message, { code, advice, exit: 'CMDLINE_ERROR' });
  }

  #report(problems: readonly SourceProblem[], at: number): void {
    for (const report of this.#problems.update(problems, { at })) this.reports.next(report);
    const before = at - this.#settings.incompleteAfter;
    for (const waiting of this.register.overdue({ before })) {
      this.reports.next({ kind: 'waiting', at, waiting });
    }
  }
}
