import type { ExecutionContext } from 'ava';
import type { StartedCommand } from './command-site.ts';
import { commandSite } from './command-site.ts';
import { ask, type HttpAnswer } from './running-daemon.ts';
import { until } from './until.ts';

/** One of its event lines, as far as tests look at it. */
export interface SettledLine {
  readonly type: string;
  readonly status: string;
  readonly dataset: string;
  readonly because?: string;
  readonly attempt?: number;
  readonly code?: string;
}

/** A daemon that is stopped and started again, always in the same folder. */
export interface KeptDaemon {
  /** Outcomes of all its processes, in the order in which they were told. */
  settled(): readonly SettledLine[];
  /** Asks the present process. */
  get(path: string): Promise<HttpAnswer>;
  /** Starts a process and waits until it listens. */
  start(): Promise<void>;
  /** Sends a signal, waits for the end of the process and answers its exit code; null where the signal ended it. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** What a daemon ends with that finds at its start that S3 refuses it: whoever looks after it starts it again. */
const refusedAtStart = [25, 26];

/**
 * Prepares a daemon; nothing is started. `args` are all but the address of its status page. One that S3 refuses at its start is
 * started again, as a platform does.
 */
export async function keptDaemon(
  t: ExecutionContext,
  options: {
    readonly args: readonly string[];
    readonly environment: NodeJS.ProcessEnv;
    readonly calacs?: string;
  },
): Promise<KeptDaemon> {
  const site = await commandSite(t, options);
  const runs: StartedCommand[] = [];
  let stopping = false;
  let broken: Error | undefined;
  t.teardown(() => {
    stopping = true;
  });
  const run = (): void => {
    const started = site.start('daemon', ...options.args, '--json', '--http', '127.0.0.1:0');
    runs.push(started);
    void started.ended.then((code) => {
      if (stopping || runs.at(-1) !== started) return;
      if (code !== null && refusedAtStart.includes(code)) run();
      else broken = new Error(`The daemon ended with ${String(code)}: ${started.err()}`);
    });
  };
  const urlNow = (): string => {
    if (broken !== undefined) throw broken;
    return urlOf(runs.at(-1)?.err() ?? '');
  };
  return {
    settled: () => runs.flatMap(({ out }) => settledIn(out())),
    get: (path) => ask(urlNow(), { path }),
    start: async () => {
      stopping = false;
      run();
      await until(() => urlNow() !== '', { deadline: 60_000 });
    },
    stop: async (signal) => {
      stopping = true;
      const last = runs.at(-1);
      last?.child.kill(signal);
      return (await last?.ended) ?? null;
    },
  };
}

function urlOf(log: string): string {
  return /"url":"([^"]+)"/.exec(log)?.[1] ?? '';
}

/** Whole lines only: what was killed may have written half of its last one. */
function settledIn(out: string): readonly SettledLine[] {
  return out
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{"type":"settled"'))
    .map((line) => JSON.parse(line) as SettledLine);
}
