import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readProcessStat, type ProcessStat } from './process-stat.ts';

/** Environment variable that marks every process a program starts, however often it forks or changes its group. */
export const runMark = 'CALDP_RUN';

/** Which processes belong to a run: those of its group and those that carry its mark. */
export interface ProcessGroup {
  /** The process group, that is the pid of its first process; undefined when only the mark is known. */
  readonly group?: number;
  /** Value of `CALDP_RUN` in their environment. */
  readonly mark: string;
}

/** How long a process may take to vanish after SIGKILL before we go on without it, in milliseconds. */
const killPatience = 5000;

/**
 * Ends every process of a group: TERM, `grace` milliseconds, KILL. Waits until they are gone.
 *
 * @returns the pids that even KILL did not remove within 5 s (stuck in the kernel, or of another user); normally none.
 */
export async function endGroup(
  group: ProcessGroup,
  options: { readonly grace: number },
): Promise<readonly number[]> {
  if (signalGroup(group, 'SIGTERM') === 0) return [];
  if (await isGone(group, options.grace)) return [];
  signalGroup(group, 'SIGKILL');
  return (await isGone(group, killPatience)) ? [] : livingMembers(group);
}

/** Sends a signal to every living process of a group; answers how many there were. */
function signalGroup(group: ProcessGroup, signal: NodeJS.Signals): number {
  const members = livingMembers(group);
  // The group as a whole first: the kernel then reaches those too that were forked since we looked.
  const isGroupAlive = members.some(
    (pid) => pid < 0 || readProcessStat(pid)?.group === group.group,
  );
  const targets = isGroupAlive && group.group !== undefined ? [-group.group, ...members] : members;
  for (const target of targets) {
    try {
      process.kill(target, signal);
    } catch {
      // ESRCH: it ended meanwhile. EPERM: it became another user's; it stays a living member and is reported as such.
    }
  }
  return members.length;
}

/**
 * The pids of a group that still run; a process that is dead and not yet collected does not count.
 * Where there is no `/proc`, the whole group stands as one member, minus its pid.
 */
export function livingMembers(group: ProcessGroup): readonly number[] {
  const pids = allPids();
  if (pids === undefined) return isGroupThere(group.group) ? [-(group.group ?? 0)] : [];
  return pids.filter((pid) => {
    const stat = readProcessStat(pid);
    if (!isRunning(stat)) return false;
    return stat.group === group.group || carriesMark(pid, group.mark);
  });
}

function allPids(): readonly number[] | undefined {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    // ENOENT: a system without /proc.
    return undefined;
  }
}

function carriesMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
      .split('\0')
      .includes(`${runMark}=${mark}`);
  } catch {
    // ESRCH: it ended meanwhile. EACCES: another user's process, which is never ours.
    return false;
  }
}

function isGroupThere(group: number | undefined): boolean {
  if (group === undefined) return false;
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    // ESRCH: nobody is left.
    return false;
  }
}

async function isGone(group: ProcessGroup, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  let members = livingMembers(group);
  for (let pause = 5; members.length > 0; pause = Math.min(pause * 2, 100)) {
    if (performance.now() > deadline) return false;
    await delay(pause);
    // Looking at every process of a large machine takes a tenth of a second; it is done again only when the known ones are gone.
    members = members.filter((pid) => pid < 0 || isRunning(readProcessStat(pid)));
    if (members.length === 0 || members.some((pid) => pid < 0)) members = livingMembers(group);
  }
  return true;
}

const isRunning = (stat: ProcessStat | undefined): stat is ProcessStat =>
  stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
