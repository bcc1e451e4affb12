import fs from 'node:fs/promises';
import { sep } from 'node:path';
import { merge, type Observable } from 'rxjs';
import {
  parseInputUri,
  parseOutputUri,
  type InputUri,
  type OutputUri,
} from '../config/data-uri.ts';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { systemClock } from '../ports/clock.ts';
import type { DatasetSource } from '../sources/dataset-source.ts';
import type { ObservableSource, SourceReport } from '../sources/source-health.ts';
import { guardSpace, type SpaceGuard } from '../sources/space-guard.ts';
import { watchFolder, type WatchOptions } from '../sources/watch-folder.ts';
import { quietSdk } from './quiet-sdk.ts';
import { workRootOf } from './run-tools.ts';
import type { WatchingOptions } from './watch-options.ts';

/** A drop folder or a bucket that is watched, and the guard through which its datasets pass. */
export interface OpenWatch {
  readonly watched: WatchedPlace;
  readonly guard: SpaceGuard;
  readonly reports: Observable<SourceReport>;
}

/** A place that is watched, and where the files of its datasets are. */
interface WatchedPlace extends DatasetSource, ObservableSource {
  readonly inputs: DatasetInputs;
}

interface OpenWatchOptions extends WatchingOptions {
  readonly output: string;
  readonly layout: 'tree' | 'calcloud';
  readonly until: NonNullable<WatchOptions['until']>;
  readonly signal: AbortSignal;
}

/**
 * Makes the source that a command watches. Starts nothing; a bucket is asked whether it can be reached.
 *
 * @param text - `file:/drop`, `s3://bucket/prefix`
 * @throws CaldpError `NOT_AVAILABLE` for other places, `WATCH_OVERLAP` where products would land in the drop folder,
 *   `COMMAND_LINE` for options that a bucket has no use for, those of `openS3Listing`.
 */
export async function openWatch(text: string, options: OpenWatchOptions): Promise<OpenWatch> {
  const base = process.cwd();
  const place = parseInputUri(text, { base });
  const output = parseOutputUri(options.output, { base });
  const watched = await watchPlace(place, { ...options, text, output });
  const folders = [workRootOf(process.env), ...(output.kind === 'file' ? [output.path] : [])];
  const guard = guardSpace(watched, {
    folders,
    least: options.minFree,
    fileSystem: fs,
    clock: systemClock,
  });
  return { watched, guard, reports: merge(watched.reports, guard.reports) };
}

async function watchPlace(
  place: InputUri,
  options: Omit<OpenWatchOptions, 'output'> & { readonly text: string; readonly output: OutputUri },
): Promise<WatchedPlace> {
  const { text, output, watch, ...rest } = options;
  switch (place.kind) {
    case 'file':
      refuseOverlap(place.path, output);
      return watchFolder(place.path, { ...rest, mode: watch });
    case 's3': {
      refuseFolderOptions(options);
      quietSdk();
      const { openS3Listing } = await import('../sources/s3-listing.ts');
      return openS3Listing(place, rest);
    }
    case 'astroquery':
      throw notWatched(text);
  }
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

function refuseFolderOptions({ watch, readyMarker }: WatchingOptions): void {
  const option = watch === 'events' ? '--watch events' : readyMarker ? '--ready-marker' : undefined;
  if (option === undefined) return;
  throw new CaldpError(`\`${option}\` is for folders: a bucket is polled.`, {
    code: 'COMMAND_LINE',
    advice: `Leave out \`${option}\`; messages \`dataset-submitted/<id>\` tell that a dataset is complete.`,
    exit: 'CMDLINE_ERROR',
  });
}

function notWatched(text: string): CaldpError {
  return new CaldpError(`\`${text}\` cannot be watched.`, {
    code: 'NOT_AVAILABLE',
    advice: 'Watch a folder, `file:<path>`, or a bucket, `s3://<bucket>/<prefix>`.',
    exit: 'CMDLINE_ERROR',
  });
}
