import nodeFileSystem from 'node:fs/promises';
import { systemClock, type Clock } from '../../ports/clock.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { WatchMode } from './folder-watcher.ts';

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

/** {@link WatchOptions} with nothing left open. */
export interface WatchSettings extends Required<WatchOptions> {
  /** For which a file has to be the same to count as written. */
  readonly stable: number;
}

/** Fills in what is not given. A single scan polls, and leaves nothing alone for longer than it takes to see that it rests. */
export function watchSettings(options: WatchOptions): WatchSettings {
  const { interval = 5000, until = 'stopped', quiet = 30_000, mode = 'auto' } = options;
  const stable = interval / 2;
  return {
    incompleteAfter: 3_600_000,
    readyMarker: false,
    depth: 4,
    fileSystem: nodeFileSystem,
    clock: systemClock,
    ...options,
    ...{ interval, until, stable },
    quiet: until === 'once' ? stable : quiet,
    mode: until === 'once' ? 'poll' : mode,
  };
}
