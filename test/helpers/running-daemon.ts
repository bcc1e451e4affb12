import { request, type IncomingHttpHeaders } from 'node:http';
import type { ExecutionContext } from 'ava';
import { commandSite, type CommandSite, type StartedCommand } from './command-site.ts';
import { until } from './until.ts';

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A daemon that serves its status page. */
export interface RunningDaemon extends CommandSite {
  readonly run: StartedCommand;
  readonly url: string;
  /** Asks for a path just as it is written. */
  readonly get: (path: string, options?: AskOptions) => Promise<HttpAnswer>;
}

interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface DaemonOptions {
  readonly calacs?: string;
  /** Default: an empty drop folder. */
  readonly source?: string;
  readonly output?: string;
  readonly args?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts `caldp daemon` and waits until it listens. */
export async function runningDaemon(
  t: ExecutionContext,
  options: DaemonOptions = {},
): Promise<RunningDaemon> {
  const site = await commandSite(t, options);
  const quick = ['--interval', '0.2s', '--quiet', '0.2s', '--min-free', '0'];
  const { source = 'file:drop', output = 'out', args = [] } = options;
  const places = ['--source', source, '-o', output, '--http', '127.0.0.1:0'];
  const run = site.start('daemon', ...places, '--references', 'keep', ...quick, ...args);
  await until(() => run.err().includes('daemon started'), { deadline: 60_000 });
  const url = /"url":"([^"]+)"/.exec(run.err())?.[1] ?? '';
  return { ...site, run, url, get: (path, how = {}) => ask(url, { path, ...how }) };
}

/** Asks a server for a path just as it is written. */
export function ask(
  url: string,
  { path, method = 'GET', headers = {} }: AskOptions & { readonly path: string },
): Promise<HttpAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}
