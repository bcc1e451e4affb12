import { InvalidArgumentError } from 'commander';
import type { FileSystem } from '../ports/file-system.ts';
import { defaultHttpAddress, httpAddress } from './http-address.ts';

/** A daemon that runs on this machine or in this container. */
export interface RunningDaemon {
  readonly pid: number;
  /** Where its status page is to be asked for from here. */
  readonly url: string;
}

/**
 * Finds the daemons among the processes that can be seen from here, by their command lines. Needs no file that a daemon would
 * have to write, so that it works where nothing can be written and cannot mistake a dead one for a living one. None where there is no
 * `/proc`.
 */
export async function runningDaemons({
  fileSystem,
}: {
  readonly fileSystem: Pick<FileSystem, 'readdir' | 'readFile'>;
}): Promise<readonly RunningDaemon[]> {
  const found: RunningDaemon[] = [];
  for (const pid of await processNumbers(fileSystem)) {
    const url = daemonUrl(await argumentsOf(pid, fileSystem));
    if (url !== undefined) found.push({ pid: Number(pid), url });
  }
  return found;
}

/** Where the daemon of a command line serves, or undefined where it is none: `node /usr/local/bin/caldp daemon --http …`. */
export function daemonUrl(line: readonly string[]): string | undefined {
  const [first = '', ...rest] = line;
  // `tini -- caldp daemon` starts a daemon and is none.
  const program = /(^|\/)node\d*$/.test(first)
    ? rest.findIndex((part) => !part.startsWith('-'))
    : -1;
  const [script = '', command, ...options] = program < 0 ? line : rest.slice(program);
  if (!/(^|\/)(caldp|caldp\.cjs|cli\/main\.[jt]s)$/.test(script) || command !== 'daemon')
    return undefined;
  try {
    const { host, port } = httpAddress(httpOption(options) ?? defaultHttpAddress);
    return `http://${reachable(host)}:${String(port)}`;
  } catch (error) {
    // What is no address ends a daemon before it runs.
    if (error instanceof InvalidArgumentError) return undefined;
    throw error;
  }
}

function httpOption(options: readonly string[]): string | undefined {
  const at = options.findLastIndex((option) => option === '--http' || option.startsWith('--http='));
  const option = options[at];
  return option === '--http' ? options[at + 1] : option?.slice('--http='.length);
}

/** An address that is bound to every interface is reached by the loopback one. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function processNumbers(fileSystem: Pick<FileSystem, 'readdir'>): Promise<readonly string[]> {
  try {
    return (await fileSystem.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
}

async function argumentsOf(
  pid: string,
  fileSystem: Pick<FileSystem, 'readFile'>,
): Promise<readonly string[]> {
  try {
    return (await fileSystem.readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
  } catch (error) {
    // ENOENT, ESRCH: it has ended. EACCES, EPERM: it is another user's and hidden.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].some((code) => isCode(error, code))) return [];
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
