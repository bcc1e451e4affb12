import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { systemCode } from '../errors/system-condition.ts';
import type { FileSystem } from '../ports/file-system.ts';

/** What tells one process from every other, also after its number is given to a new one. */
export interface ProcessIdentity {
  /** For people. */
  readonly host: string;
  /** 16 hexadecimal digits; processes of equal space number their processes together, so that they can see each other. */
  readonly space: string;
  readonly pid: number;
  /** When the process started, in clock ticks since boot; absent where the system does not tell. */
  readonly start?: string;
}

/** `unknown`: the process is in another space, where it cannot be seen. */
export type Liveness = 'alive' | 'gone' | 'unknown';

/**
 * The identity of this process.
 *
 * On Linux the space is the boot of the machine and the process namespace: a host name does not do, because containers
 * that share the network of their host share its name but not its process numbers. Elsewhere it is the host name.
 */
export async function thisProcess(options: {
  readonly fileSystem: FileSystem;
}): Promise<ProcessIdentity> {
  const { fileSystem } = options;
  const host = hostname();
  const start = (await processStat(process.pid, fileSystem))?.start;
  const space = await linuxSpace(fileSystem);
  const text = space ?? `host:${host}`;
  return {
    host,
    space: createHash('sha256').update(text).digest('hex').slice(0, 16),
    pid: process.pid,
    ...(start === undefined ? {} : { start }),
  };
}

/** Whether a process still runs, as far as `self` can see. */
export async function liveness(
  other: Omit<ProcessIdentity, 'host'>,
  options: { readonly self: ProcessIdentity; readonly fileSystem: FileSystem },
): Promise<Liveness> {
  if (other.space !== options.self.space) return 'unknown';
  if (other.start === undefined) return answersSignals(other.pid);
  const stat = await processStat(other.pid, options.fileSystem);
  return stat !== undefined && stat.start === other.start && !stat.zombie ? 'alive' : 'gone';
}

async function linuxSpace(fileSystem: FileSystem): Promise<string | undefined> {
  try {
    const boot = await fileSystem.readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const namespace = await fileSystem.stat('/proc/self/ns/pid');
    return `${boot.trim()}:${namespace.ino.toFixed()}`;
  } catch {
    // ENOENT, EACCES: not Linux, or /proc is hidden. The host name then has to do.
    return undefined;
  }
}

async function processStat(
  pid: number,
  fileSystem: FileSystem,
): Promise<{ readonly start: string; readonly zombie: boolean } | undefined> {
  let text: string;
  try {
    text = await fileSystem.readFile(`/proc/${pid.toFixed()}/stat`, 'utf8');
  } catch (error) {
    // No such process, or it ended while the file was read: this is an answer. Anything else (EMFILE) tells nothing about it.
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ESRCH') return undefined;
    throw error;
  }
  // The second field is the program's name in brackets and may hold anything, so count from the last bracket.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const start = fields[19];
  return start === undefined ? undefined : { start, zombie: /^[ZX]/.test(fields[0] ?? '') };
}

function answersSignals(pid: number): Liveness {
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return systemCode(error) === 'EPERM' ? 'alive' : 'gone';
  }
}
