import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import type { SourceReport } from '../../src/sources/source-health.ts';
import {
  watchFolder,
  type WatchOptions,
  type WatchedFolder,
} from '../../src/sources/watch-folder.ts';
import { SourceReader } from './source-reader.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Intervals that tests can wait for. */
export const quick: WatchOptions = { interval: 60, quiet: 60 };

/** A drop folder under watch, and what came of it. */
export interface WatchedDrop {
  readonly root: string;
  readonly source: WatchedFolder;
  readonly reader: SourceReader;
  readonly reports: readonly SourceReport[];
}

/** Watches a new, empty drop folder until the test ends. */
export async function watchedDrop(
  t: ExecutionContext,
  options: WatchOptions = quick,
): Promise<WatchedDrop> {
  const root = join(await temporaryFolder(t), 'drop');
  await mkdir(root);
  return watching(t, root, options);
}

/** Watches a folder, which need not be there, until the test ends. */
export function watching(
  t: ExecutionContext,
  root: string,
  options: WatchOptions = quick,
): WatchedDrop {
  const source = watchFolder(root, options);
  const reports: SourceReport[] = [];
  const subscription = source.reports.subscribe((report) => reports.push(report));
  t.teardown(() => {
    subscription.unsubscribe();
  });
  return { root, source, reader: new SourceReader(t, source), reports };
}
