import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { firstValueFrom, from, type Observable, Subject } from 'rxjs';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import type { SourceReport } from './source-health.ts';
import type { SourceProblem } from './source-problem.ts';
import { ProblemLog } from './watch/problem-log.ts';

/** Which disks have to have room. */
export interface SpaceGuardOptions {
  /** Folders on these disks; they need not exist yet. */
  readonly folders: readonly string[];
  /** Bytes that have to be free on each; 0 switches the guard off. */
  readonly least: number;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  /** Milliseconds between two looks while there is no room. Default 5 s. */
  readonly interval?: number;
}

/** A source that gives out nothing while a disk is short of space. */
export interface SpaceGuard extends DatasetSource {
  readonly reports: Observable<SourceReport>;
  /** Looks at the disks and answers those that are short of space. */
  check(): Promise<readonly (SourceProblem & { readonly since: Date })[]>;
}

/**
 * Lets through what a source gives out, but holds each dataset back while one of the disks has less than `least` bytes free. What
 * is under way is not stopped. The held dataset goes on by itself when there is room.
 */
export function guardSpace(source: DatasetSource, options: SpaceGuardOptions): SpaceGuard {
  const { folders, least, fileSystem, clock, interval = 5000 } = options;
  const problems = new ProblemLog();
  const reports = new Subject<SourceReport>();
  const check = async (): ReturnType<SpaceGuard['check']> => {
    const short: SourceProblem[] = [];
    for (const folder of least > 0 ? folders : []) {
      const free = await freeBytes(folder, fileSystem);
      if (free < least) short.push(shortOfSpace(folder, { free, least }));
    }
    for (const report of problems.update(short, { at: clock.now().getTime() }))
      reports.next(report);
    return problems.present;
  };
  const next = async ({ signal }: { readonly signal: AbortSignal }): Promise<SourceItem> => {
    const item = await firstValueFrom(from(source.next({ signal })));
    while (item.status === 'requested' && (await check()).length > 0) {
      await delay(interval, undefined, { signal });
    }
    return item;
  };
  return {
    name: source.name,
    reports,
    check,
    next,
    settled: (outcome) => source.settled?.(outcome),
  };
}

/** Of the disk that a folder is or will be on. */
async function freeBytes(folder: string, fileSystem: FileSystem): Promise<number> {
  try {
    const { bavail, bsize } = await fileSystem.statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(folder);
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing || parent === folder) throw error;
    return freeBytes(parent, fileSystem);
  }
}

function shortOfSpace(
  folder: string,
  { free, least }: { readonly free: number; readonly least: number },
): SourceProblem {
  return {
    code: 'SPACE_SHORT',
    subject: folder,
    message: `Only ${megabytes(free)} are free for \`${folder}\`, less than ${megabytes(least)}; no dataset is begun.`,
    advice: 'Free space; datasets go on by themselves then. `--min-free` sets the limit.',
  };
}

function megabytes(bytes: number): string {
  return `${String(Math.floor(bytes / 1e6))} MB`;
}
