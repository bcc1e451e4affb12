import type { FileSystem } from '../../ports/file-system.ts';
import { startHints, type ChangeHints } from './change-hints.ts';
import { hasToBePolled, mountType } from './mount-type.ts';
import type { SourceProblem } from '../source-problem.ts';

/** How to learn of changes: `auto` asks the file system which of the two it needs. */
export type WatchMode = 'auto' | 'events' | 'poll';

/** What a watcher is told. */
export interface WatcherOptions {
  /** How many levels of folders below the root are watched. */
  readonly depth: number;
  readonly mode: WatchMode;
  readonly fileSystem: FileSystem;
  /** Gets the path of what may have changed. */
  readonly onHint: (path: string) => void;
  /** Default {@link startHints}. */
  readonly start?: typeof startHints;
}

/** Milliseconds after which events are tried again when the system had no watches left. */
const patience = 300_000;

/**
 * Keeps hints coming while they can: begins anew when the root is made anew, gives up for a while when the system has no watches
 * left. Polling goes on all the while and finds everything, only later.
 */
export class FolderWatcher {
  readonly #root: string;
  readonly #options: WatcherOptions;
  #hints: ChangeHints | undefined;
  #watched: string | undefined;
  #failure: { readonly error: unknown; readonly at: number } | undefined;
  #useEvents: boolean | undefined;

  constructor(root: string, options: WatcherOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** `events` while the system tells of changes. */
  get mode(): 'events' | 'poll' {
    return this.#hints === undefined ? 'poll' : 'events';
  }

  /** What keeps the system from telling, if anything does. */
  get problems(): readonly SourceProblem[] {
    return this.#failure === undefined ? [] : [limitProblem(this.#root, this.#failure.error)];
  }

  /** Called after each scan with which folder the root is, or undefined where it is not there. */
  async adapt(identity: string | undefined, { now }: { readonly now: number }): Promise<void> {
    if (!(await this.#wantsEvents())) return;
    if (this.#watched !== identity) await this.close();
    if (this.#failure !== undefined && now - this.#failure.at > patience) this.#failure = undefined;
    if (identity === undefined || this.#watched !== undefined || this.#failure !== undefined)
      return;
    this.#watched = identity;
    const { depth, onHint } = this.#options;
    const { start = startHints } = this.#options;
    this.#hints = start(this.#root, {
      depth,
      onHint,
      onFailure: (error) => {
        this.#failure = { error, at: now };
        void this.close();
      },
    });
  }

  async close(): Promise<void> {
    const hints = this.#hints;
    this.#hints = undefined;
    this.#watched = undefined;
    await hints?.close();
  }

  async #wantsEvents(): Promise<boolean> {
    const { mode, fileSystem } = this.#options;
    if (mode !== 'auto') return mode === 'events';
    this.#useEvents ??= !hasToBePolled((await mountType(this.#root, { fileSystem })) ?? '');
    return this.#useEvents;
  }
}

function limitProblem(root: string, error: unknown): SourceProblem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'WATCH_LIMITED',
    subject: root,
    message: `The system does not tell of changes in \`${root}\`, which is polled instead: ${reason}.`,
    advice:
      'Raise the limit (`sysctl fs.inotify.max_user_watches` and `max_user_instances`, `ulimit -n`), or choose polling.',
  };
}
