import fs from 'node:fs/promises';
import { sep } from 'node:path';
import { merge, type Observable } from 'rxjs';
import { parseInputUri, parseOutputUri, type OutputUri } from '../config/data-uri.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import { systemClock } from '../ports/clock.ts';
import type { SourceReport } from '../sources/source-health.ts';
import { guardSpace, type SpaceGuard } from '../sources/space-guard.ts';
import { watchFolder, type WatchedFolder, type WatchOptions } from '../sources/watch-folder.ts';
import { workRootOf } from './run-tools.ts';
import type { WatchingOptions } from './watch-options.ts';

/** A drop folder that is watched, and the guard through which its datasets pass. */
export interface OpenWatch {
  readonly watched: WatchedFolder;
  readonly guard: SpaceGuard;
  readonly reports: Observable<SourceReport>;
}

/**
 * Makes the source that a command watches. Starts nothing.
 *
 * @param text - `file:/drop`
 * @throws CaldpError `NOT_AVAILABLE` for other places, `WATCH_OVERLAP` where products would land in the drop folder.
 */
export function openWatch(
  text: string,
  options: WatchingOptions & {
    readonly output: string;
    readonly until: NonNullable<WatchOptions['until']>;
  },
): OpenWatch {
  const base = process.cwd();
  const drop = parseInputUri(text, { base });
  if (drop.kind !== 'file') throw notAFolder(text);
  const output = parseOutputUri(options.output, { base });
  refuseOverlap(drop.path, output);
  const { watch, ...rest } = options;
  const watched = watchFolder(drop.path, { ...rest, mode: watch });
  const folders = [workRootOf(process.env), ...(output.kind === 'file' ? [output.path] : [])];
  const guard = guardSpace(watched, {
    folders,
    least: options.minFree,
    fileSystem: fs,
    clock: systemClock,
  });
  return { watched, guard, reports: merge(watched.reports, guard.reports) };
}

function refuseOverlap(drop: string, output: OutputUri): void {
  if (output.kind !== 'file' || !`${output.path}${sep}`.startsWith(`${drop}${sep}`)) return;
  throw new CaldpError(
    `The output \`${output.path}\` lies in the drop folder \`${drop}\`: what is published would be taken for new data.`,
    {
      code: 'WATCH_OVERLAP',
      advice: 'Choose an output outside the drop folder.',
      exit: 'CMDLINE_ERROR',
    },
  );
}

function notAFolder(text: string): CaldpError {
  return new CaldpError(`\`${text}\` cannot be watched in this version of caldp.`, {
    code: 'NOT_AVAILABLE',
    advice: 'Watch a folder: `file:<path>`.',
    exit: 'CMDLINE_ERROR',
  });
}
