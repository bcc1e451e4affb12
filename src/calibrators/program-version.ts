import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VersionSource } from '../instruments/instrument.ts';
import { runProgram } from './process-runner.ts';

/** How long a program may take to tell its version, in milliseconds: Python programs are slow to start from a network disk. */
const defaultPatience = 30_000;

const askPackage = 'import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))';

/** How a program is asked for its version. */
export interface VersionOptions {
  readonly source: VersionSource;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; default 30 000. */
  readonly patience?: number;
  readonly signal: AbortSignal;
}

/**
 * Asks a program for its version: `10.5.0`. `unknown` when it fails or does not answer in time; on abort it rejects.
 *
 * @param path absolute path of the program.
 */
export async function programVersion(path: string, options: VersionOptions): Promise<string> {
  const { source, environment, signal, patience = defaultPatience } = options;
  const question = await questionFor(path, source);
  if (question === undefined) return 'unknown';
  const [program, ...args] = question;
  const folder = await mkdtemp(join(tmpdir(), 'caldp-version-'));
  try {
    const { ending, tail } = await runProgram(
      { program, args, folder, environment, log: join(folder, 'answer.txt') },
      { deadline: patience, grace: 500, signal },
    );
    signal.throwIfAborted();
    return ending.status === 'exited' && ending.code === 0 ? parseVersion(tail) : 'unknown';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first word that begins with a digit or is such a word after `v`, else the first line. */
export function parseVersion(text: string): string {
  const found = /(?:^|\s)v?(\d+\.\d\S*)/.exec(text)?.[1];
  return found ?? (text.trim().split('\n')[0]?.slice(0, 60) || 'unknown');
}

async function questionFor(
  path: string,
  source: VersionSource,
): Promise<readonly [string, ...string[]] | undefined> {
  switch (source.kind) {
    case 'option':
      return [path, ...source.args];
    case 'python-package': {
      const python = await interpreterOf(path);
      return python === undefined ? undefined : [...python, '-c', askPackage, source.name];
    }
  }
}

/** The Python that a script names in its first line; only that one sees the script's packages. */
async function interpreterOf(path: string): Promise<readonly [string, ...string[]] | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const line = buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '';
    const [, command] = /^#!\s*(.*python[\d.]*(?:\s.*)?)$/.exec(line) ?? [];
    const [program, ...args] = command?.trim().split(/\s+/) ?? [];
    return program === undefined ? undefined : [program, ...args];
  } finally {
    await file.close();
  }
}
