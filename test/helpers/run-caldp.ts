import { spawn } from 'node:child_process';
import { caldpProgram } from './caldp-program.ts';

/** How a run of the command line ended. */
export interface CaldpRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a process of its own and waits until it ends. The environment has none of the CRDS variables but those given. */
export async function runCaldp(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<CaldpRun> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CRDS'));
  const child = spawn(process.execPath, [...caldpProgram, ...args], {
    cwd,
    env: { ...Object.fromEntries(inherited), NODE_OPTIONS: '', ...env },
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}
