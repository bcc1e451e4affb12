import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { programFolder } from './fixture-program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { caldpProgram } from './caldp-program.ts';

/** A command that was started. */
export interface StartedCommand {
  readonly child: ChildProcess;
  /** What it has written to standard output so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Its exit code, once it has ended and all output is read. */
  readonly ended: Promise<number | null>;
}

/** A folder with an empty drop folder in it and a calibration program on PATH. */
export interface CommandSite {
  readonly folder: string;
  readonly drop: string;
  /** Starts the command line in the folder; killed when the test ends. */
  readonly start: (...args: readonly string[]) => StartedCommand;
  /** The same, otherwise than usual. */
  readonly startIn: (how: StartedOtherwise, ...args: readonly string[]) => StartedCommand;
}

/** What is different about a command that is started. */
interface StartedOtherwise {
  /** A program with arguments that starts another one: `['unshare', '--user']`. */
  readonly wrapper?: readonly string[];
  /** The number of the user and the group that it runs as. */
  readonly user?: number;
  /** Further variables. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** `environment` is added to that of the test. */
export async function commandSite(
  t: ExecutionContext,
  {
    calacs = 'copies-raws',
    environment = {},
  }: { readonly calacs?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<CommandSite> {
  const folder = await temporaryFolder(t);
  const drop = join(folder, 'drop');
  await mkdir(drop);
  const bin = await programFolder(folder, { programs: { 'calacs.e': calacs } });
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const own = { PATH: path, NODE_OPTIONS: '', CALDP_HOME: folder };
  const startIn: CommandSite['startIn'] = ({ wrapper = [], user, environment: more }, ...args) => {
    const line = [...wrapper, process.execPath, ...caldpProgram, ...args];
    const [program = '', ...rest] = line;
    const as = user === undefined ? {} : { uid: user, gid: user };
    const env = { ...process.env, ...own, ...environment, ...more };
    const child = spawn(program, rest, { cwd: folder, env, ...as });
    t.teardown(() => child.kill('SIGKILL'));
    return started(child);
  };
  return { folder, drop, startIn, start: (...args) => startIn({}, ...args) };
}

function started(child: ChildProcess): StartedCommand {
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { child, ended, out: () => out.join(''), err: () => err.join('') };
}
