import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import type { PipelineEvent } from '../../src/streams/telemetry.ts';
import type { Stage } from '../../src/streams/events.ts';
import type { PipelineFolders } from './run-pipeline.ts';

/** Where a pipe kills itself: at an event of a stage, or at the n-th file operation after it. */
export interface KillPoint {
  readonly event: PipelineEvent['type'];
  readonly stage: Stage;
  operation?: number;
}

/** What `test/fixtures/run-the-pipe.ts` is told. */
export interface PipeRun {
  readonly folders: PipelineFolders;
  readonly ids: readonly string[];
  /** The fixture program that stands for `calacs.e`. */
  readonly calacs?: string;
  readonly force?: boolean;
  readonly kill?: KillPoint;
}

/** How a pipe ended. */
export interface PipeEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** A pipe in a process of its own. */
export interface PipeProcess {
  readonly end: Promise<PipeEnd>;
  /** Settles when the first dataset is about to be let in. */
  readonly ready: Promise<void>;
  kill(): void;
}

const script = fileURLToPath(new URL('../fixtures/run-the-pipe.ts', import.meta.url));

/** Starts the pipe in a process of its own; it is killed when the test ends. */
export function startPipe(t: ExecutionContext, run: PipeRun): PipeProcess {
  const child = spawn(process.execPath, ['--import=tsx/esm', script, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  t.teardown(kill);
  const said = text(child.stdout);
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('ready\n')) resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  const end = once(child, 'exit').then(async ([code, signal]: unknown[]) => ({
    code: typeof code === 'number' ? code : null,
    signal: typeof signal === 'string' ? signal : null,
    output: await said,
  }));
  return { end, ready, kill };
}

/** Starts the pipe and answers how it ended; one that hangs for a minute is an error. */
export async function runPipe(t: ExecutionContext, run: PipeRun): Promise<PipeEnd> {
  const { end } = startPipe(t, run);
  const late = new AbortController();
  const hung = delay(60_000, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error(`The pipe hangs: ${JSON.stringify(run)}.`);
  });
  try {
    return await Promise.race([end, hung]);
  } finally {
    late.abort();
    hung.catch(() => undefined);
  }
}
