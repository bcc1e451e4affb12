import fs from 'node:fs/promises';
import { Command, Option } from 'commander';
import { parseOutputUri } from '../config/data-uri.ts';
import type { HttpAddress } from '../daemon/http-server.ts';
import { isLoopback } from '../daemon/http-server.ts';
import { startStatus } from '../daemon/status-service.ts';
import { packageVersion } from '../system/package-version.ts';
import { defaultHttpAddress, httpAddress } from './http-address.ts';
import { logReport } from './displays/log-report.ts';
import { showWatchEvents } from './displays/show-watch.ts';
import { openLog } from './logger.ts';
import { openWatch } from './open-watch.ts';
import { addRunOptions, type RunOptions } from './run-options.ts';
import { runStream } from './run-stream.ts';
import { runTools } from './run-tools.ts';
import { addWatchingOptions, type WatchingOptions } from './watch-options.ts';

/** The options of `caldp daemon`, as commander gives them. */
interface DaemonOptions extends RunOptions, WatchingOptions {
  readonly source: string;
  readonly http: HttpAddress;
}

/** Makes the command; `answer` is told the exit code. */
export function daemonCommand(answer: (exitCode: number) => void): Command {
  const command = new Command('daemon')
    .description('Process what arrives, for ever, with a status page, health checks and metrics.')
    .requiredOption(
      '-s, --source <uri>',
      'where datasets arrive: file:<folder> or s3://<bucket>/<prefix>',
    )
    .addOption(
      new Option('--http <address>', 'where the status page is served: <host>:<port>')
        .argParser(httpAddress)
        .default(httpAddress(defaultHttpAddress), defaultHttpAddress),
    );
  return addRunOptions(addWatchingOptions(command), { logLevel: 'info' }).action(
    async (options: DaemonOptions) => {
      answer(await runDaemon(options));
    },
  );
}

async function runDaemon(options: DaemonOptions): Promise<number> {
  const { signal } = new AbortController();
  const { watched, guard, reports } = await openWatch(options.source, {
    ...options,
    until: 'stopped',
    signal,
  });
  const { inputs } = watched;
  const run = await runTools(options, { environment: process.env, inputs, signal });
  const { tools, store, layout, warnings, close } = run;
  const log = openLog({ level: options.logLevel });
  for (const { code, message } of warnings) log.warn({ code, reason: message }, 'configuration');
  const logging = reports.subscribe((report) => {
    logReport(log, report);
  });
  const output = parseOutputUri(options.output, { base: process.cwd() });
  const { shutdown, telemetry, messages } = tools;
  const status = await startStatus(options.http, {
    telemetry,
    messages,
    place: { store, layout },
    readiness: {
      ...{ source: watched, guard, store, layout, shutdown, fileSystem: fs },
      ...(output.kind === 'file' ? { outputFolder: output.path } : {}),
    },
    version: packageVersion(),
    onError: (err) => {
      log.error({ err }, 'status page failed');
    },
  });
  log.info({ url: status.url, source: guard.name, output: store.uri }, 'daemon started');
  if (!isLoopback(options.http.host)) {
    log.warn({ url: status.url }, 'status page can be read by other machines');
  }
  const display = options.json
    ? showWatchEvents(
        { events: telemetry.events, reports, waiting: () => [] },
        { out: process.stdout },
      )
    : { end: () => undefined };
  try {
    const code = await runStream(guard, {
      tools,
      log,
      display,
      grace: options.grace,
      endless: true,
    });
    log.info({ exitCode: code }, 'daemon ended');
    return code;
  } finally {
    logging.unsubscribe();
    await status.close();
    await close();
  }
}
