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

/** Prepares a daemon; nothing is started. `args` are all but the address of its status page. */
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
  const present = (): StartedCommand => {
    const run = runs.at(-1);
    if (run === undefined) throw new Error('The daemon was not started.');
    return run;
  };
  return {
    settled: () => runs.flatMap((run) => settledIn(run.out())),
    get: (path) => ask(urlOf(present()), { path }),
    start: async () => {
      const run = site.start('daemon', ...options.args, '--json', '--http', '127.0.0.1:0');
      runs.push(run);
      let ended = false;
      void run.ended.then(() => {
        ended = true;
      });
      await until(() => ended || urlOf(run) !== '', { deadline: 60_000 });
      if (ended) throw new Error(`The daemon ended: ${run.err()}`);
    },
    stop: async (signal) => {
      const { child, ended } = present();
      child.kill(signal);
      return ended;
    },
  };
}

function urlOf(run: StartedCommand): string {
  return /"url":"([^"]+)"/.exec(run.err())?.[1] ?? '';
}

/** Whole lines only: what was killed may have written half of its last one. */
function settledIn(out: string): readonly SettledLine[] {
  return out
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{"type":"settled"'))
    .map((line) => JSON.parse(line) as SettledLine);
}
