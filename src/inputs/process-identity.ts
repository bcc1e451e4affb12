import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isMissing } from './is-missing.ts';

/** What tells one process from every other, also from a later one that got the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the ticks of the kernel; absent where the system does not tell. */
  readonly start?: string;
  /** Where the number means that process: host, boot and process namespace. */
  readonly space: string;
}

/** The identity of a process of this space, or undefined when there is no such process. */
export async function processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  const space = await ownSpace();
  const stat = await readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return exists(pid) ? { pid, space } : undefined;
  // The second field is the name in brackets and may hold blanks and brackets itself; the start time is the 22nd.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = fields[18];
  if (state === 'Z' || start === undefined) return undefined;
  return { pid, start, space };
}

/** Whether a process is certainly over. One of another host or container may live and is not. */
export async function isGone(process: ProcessIdentity): Promise<boolean> {
  const now = await processIdentity(process.pid);
  if (now === undefined) return process.space === (await ownSpace());
  return now.space === process.space && now.start !== process.start;
}

async function ownSpace(): Promise<string> {
  const boot = (await readProc('/proc/sys/kernel/random/boot_id'))?.trim() ?? '';
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${hostname()}/${boot}/${namespace}`;
}

async function readProc(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ESRCH: the process ended while the file was read. ENOENT: it is over, or this system has no /proc.
    if (isMissing(error) || (error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
      return undefined;
    }
    throw error;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there but is another user's. ESRCH: it is not there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
