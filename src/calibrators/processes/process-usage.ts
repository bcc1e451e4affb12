import { readdirSync, readFileSync } from 'node:fs';
import { readProcessStat } from './process-stat.ts';

/** What a process and its living descendants have used so far. */
export interface ProcessUsage {
  /** CPU seconds in user mode. */
  readonly user: number;
  /** CPU seconds in system mode. */
  readonly system: number;
  /** Largest resident set that any one of them ever had, KiB. */
  readonly maxRss: number;
}

/**
 * Samples a process and its descendants from `/proc`, at first often and then twice a second: Node does not tell what a child
 * used. What happens after the last sample is missed, so times are too small by at most the last half second, and a peak of
 * memory counts if its process was seen alive after it. Costs about 0.1 ms a sample; holds no process alive.
 *
 * @returns a function that stops the sampling and answers; undefined where nothing could be seen.
 */
export function sampleUsage(pid: number): () => ProcessUsage | undefined {
  let peak: ProcessUsage | undefined;
  let pause = 5;
  let timer: NodeJS.Timeout | undefined;
  const sample = (): void => {
    peak = larger(peak, usageOf(pid));
    pause = Math.min(pause * 1.5, 500);
    timer = setTimeout(sample, pause).unref();
  };
  sample();
  return () => {
    clearTimeout(timer);
    return peak;
  };
}

function usageOf(pid: number): ProcessUsage | undefined {
  const stat = readProcessStat(pid);
  if (stat === undefined || stat.state === 'Z') return undefined;
  return childrenOf(pid)
    .map(usageOf)
    .filter((usage) => usage !== undefined)
    .reduce(
      (sum, { user, system, maxRss }) => ({
        user: sum.user + user,
        system: sum.system + system,
        maxRss: Math.max(sum.maxRss, maxRss),
      }),
      { user: stat.user, system: stat.system, maxRss: peakResidentSet(pid) },
    );
}

function larger(
  a: ProcessUsage | undefined,
  b: ProcessUsage | undefined,
): ProcessUsage | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    user: Math.max(a.user, b.user),
    system: Math.max(a.system, b.system),
    maxRss: Math.max(a.maxRss, b.maxRss),
  };
}

function peakResidentSet(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    // It ended between two reads.
    return 0;
  }
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
        .split(' ')
        .filter((child) => child !== '')
        .map(Number),
    );
  } catch {
    // It ended between two reads, or the kernel was built without CONFIG_PROC_CHILDREN.
    return [];
  }
}
