import { Command, Option } from 'commander';
import { logReport } from './displays/log-report.ts';
import { showWatchEvents, showWatchLines } from './displays/show-watch.ts';
import { openLog } from './logger.ts';
import { openWatch } from './open-watch.ts';
import { addRunOptions, type RunOptions } from './run-options.ts';
import { runStream } from './run-stream.ts';
import { runTools } from './run-tools.ts';
import { addWatchingOptions, type WatchingOptions } from './watch-options.ts';

/** The options of `caldp watch`, as commander gives them. */
interface WatchOptions extends RunOptions, WatchingOptions {
  readonly once?: boolean;
  readonly untilIdle?: boolean;
}

const examples = `
Examples:
  caldp watch file:/drop -o file:/archive
  caldp watch file:/mnt/nfs/drop -o file:/archive --watch poll --interval 30s
  caldp watch file:/drop -o file:/archive --once --json
  caldp watch s3://raw/inputs -o s3://archive/hst --until-idle

SIGTERM or SIGINT lets datasets under way finish and exits 0; a second one stops them. docs/watch.md tells when a dataset is complete.`;

/** Makes the command; `answer` is told the exit code. */
export function watchCommand(answer: (exitCode: number) => void): Command {
  const command = new Command('watch')
    .description('Process the datasets that arrive in a drop folder or in a bucket.')
    .argument('<place>', 'where they arrive: file:<folder> or s3://<bucket>/<prefix>')
    .addOption(
      new Option('--once', 'process what is there and complete, then end').conflicts('untilIdle'),
    )
    .option('--until-idle', 'end when nothing has come for the time of --quiet and all is done');
  return addRunOptions(addWatchingOptions(command), { logLevel: 'fatal' })
    .addHelpText('after', examples)
    .action(async (place: string, options: WatchOptions) => {
      answer(await watch(place, options));
    });
}

async function watch(place: string, options: WatchOptions): Promise<number> {
  const until = untilOf(options);
  const { signal } = new AbortController();
  const { watched, guard, reports } = await openWatch(place, { ...options, until, signal });
  const { inputs } = watched;
  const opened = await runTools(options, { environment: process.env, inputs, signal });
  const { tools, warnings, close } = opened;
  for (const { message } of warnings) process.stderr.write(`caldp: Warning: ${message}\n`);
  const log = openLog({ level: options.logLevel });
  const logging = reports.subscribe((report) => {
    logReport(log, report);
  });
  const show = options.json ? showWatchEvents : showWatchLines;
  const display = show(
    { events: tools.telemetry.events, reports, waiting: () => watched.waiting() },
    { out: process.stdout, err: process.stderr },
  );
  const { grace } = options;
  try {
    return await runStream(guard, { tools, log, display, grace, endless: until === 'stopped' });
  } finally {
    logging.unsubscribe();
    await close();
  }
}

function untilOf({ once, untilIdle }: WatchOptions): 'once' | 'idle' | 'stopped' {
  if (once === true) return 'once';
  return untilIdle === true ? 'idle' : 'stopped';
}
