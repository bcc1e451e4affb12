import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { programFolder } from './fixture-program.ts';
import { temporaryFolder } from './temporary-folder.ts';

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
  /** The same with further variables. */
  readonly startIn: (more: NodeJS.ProcessEnv, ...args: readonly string[]) => StartedCommand;
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const loader = import.meta.resolve('tsx/esm');

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
  const env = { ...process.env, ...own, ...environment };
  const startIn: CommandSite['startIn'] = (more, ...args) => {
    const child = spawn(process.execPath, [`--import=${loader}`, main, ...args], {
      cwd: folder,
      env: { ...env, ...more },
    });
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
