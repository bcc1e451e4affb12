import { lastValueFrom, tap } from 'rxjs';
import type { Logger } from 'pino';
import type { DatasetSource } from '../sources/dataset-source.ts';
import { pipeline } from '../streams/pipeline.ts';
import { recover } from '../streams/recover.ts';
import type { Tools } from '../streams/tools.ts';
import { logEvent } from './displays/log-event.ts';
import type { RunDisplay } from './displays/show-run.ts';
import { ExitCode } from './exit-code.ts';
import { workRootOf } from './run-tools.ts';
import { listenForSignals, type StopSignals } from './signals.ts';
import { sweepRegularly } from './sweep-regularly.ts';

/** Milliseconds between two sweeps of the output of a run that goes on for ever. */
const sweepInterval = 3_600_000;

/** What a run needs beside its source. */
export interface StreamRun {
  readonly tools: Tools;
  readonly log: Logger;
  readonly display: RunDisplay;
  /** Milliseconds for datasets under way to finish after a signal. */
  readonly grace: number;
  /** A run that is meant to be ended by a signal: to have drained is success. */
  readonly endless: boolean;
}

/**
 * Clears what an earlier run left, runs the pipeline until its source is done or a signal stopped it, and answers the exit code.
 */
export async function runStream(source: DatasetSource, run: StreamRun): Promise<number> {
  const { tools, log, display, grace } = run;
  for (const text of await recover(workRootOf(process.env), tools)) log.warn(text);
  const logging = tools.telemetry.events.subscribe((event) => {
    logEvent(log, event);
  });
  const signals = listenForSignals(tools.shutdown, {
    grace,
    say: (text) => process.stderr.write(`caldp: ${text}\n`),
  });
  const exitCode = new ExitCode();
  const { data, messages } = tools;
  const say = (text: string): void => {
    log.warn(text);
  };
  const sweeping = run.endless
    ? sweepRegularly({ data, messages, interval: sweepInterval, say })
    : undefined;
  try {
    const outcomes = pipeline(source, tools).pipe(
      tap((outcome) => {
        exitCode.add(outcome);
      }),
    );
    await lastValueFrom(outcomes, { defaultValue: undefined });
    return exitCodeOf(run, { signals, exitCode });
  } finally {
    await sweeping?.stop();
    signals.forget();
    display.end();
    logging.unsubscribe();
  }
}

function exitCodeOf(
  { endless }: StreamRun,
  { signals, exitCode }: { readonly signals: StopSignals; readonly exitCode: ExitCode },
): number {
  const stopped = signals.exitCode();
  if (stopped === undefined) return exitCode.value;
  return endless && !signals.forced() ? 0 : stopped;
}
