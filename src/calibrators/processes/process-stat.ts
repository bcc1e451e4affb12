import { readFileSync } from 'node:fs';

/** What the system says about one process, from `/proc/<pid>/stat`. */
export interface ProcessStat {
  readonly pid: number;
  /** One letter; `Z` is dead but not yet collected by its parent. */
  readonly state: string;
  readonly group: number;
  /** CPU seconds in user mode, of collected children too. */
  readonly user: number;
  /** CPU seconds in system mode, of collected children too. */
  readonly system: number;
  /** Clock ticks since the machine started: with the pid it names one process for good. */
  readonly start: number;
}

/** Linux shows times to user space in hundredths of a second on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** Reads the state of a process; undefined when there is none, or no `/proc` at all. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // ENOENT or ESRCH: it ended meanwhile, or the system has no /proc; either way there is nothing to tell.
    return undefined;
  }
}

/** Reads one line of `/proc/<pid>/stat` (`man 5 proc`). */
export function parseProcessStat(line: string): ProcessStat | undefined {
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const close = line.lastIndexOf(')');
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(close + 2).split(' ');
  const at = (field: number): number => Number(fields[field - 3]);
  if (close === -1 || !Number.isSafeInteger(pid) || fields.length < 20) return undefined;
  return {
    pid,
    state: fields[0] ?? '?',
    group: at(5),
    user: (at(14) + at(16)) / ticksPerSecond,
    system: (at(15) + at(17)) / ticksPerSecond,
    start: at(22),
  };
}
