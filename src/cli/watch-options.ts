import { Option, type Command } from 'commander';
import type { WatchMode } from '../sources/watch/folder-watcher.ts';
import { byteCount, timeSpan, wholeNumber } from './option-values.ts';

/** The options about watching a drop folder or a bucket, as commander gives them; times in milliseconds. */
export interface WatchingOptions {
  readonly watch: WatchMode;
  /** Default: what suits the source. */
  readonly interval?: number;
  readonly quiet: number;
  readonly incompleteAfter: number;
  readonly readyMarker: boolean;
  readonly depth: number;
  /** Bytes. */
  readonly minFree: number;
}

/** Adds the options of {@link WatchingOptions} to a command. */
export function addWatchingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--watch <how>', 'how to learn of changes; auto polls network file systems')
        .choices(['auto', 'events', 'poll'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--interval <time>',
        'between two scans (default: 5s for a folder, 30s for a bucket)',
      ).argParser(timeSpan),
    )
    .addOption(
      time('--quiet <time>', 'how long a single exposure waits for an association to come', '30s'),
    )
    .addOption(
      time('--incomplete-after <time>', 'when an incomplete dataset is reported as waiting', '1h'),
    )
    .option('--ready-marker', 'take only datasets that have a marker <id>.ready', false)
    .option('--depth <n>', 'levels of folders below the folder', wholeNumber(0), 4)
    .addOption(
      new Option('--min-free <bytes>', 'begin no dataset while a disk has less space: 500M, 2G, 0')
        .argParser(byteCount)
        .default(byteCount('2G'), '2G'),
    );
}

function time(flags: string, description: string, value: string): Option {
  return new Option(flags, description).argParser(timeSpan).default(timeSpan(value), value);
}
