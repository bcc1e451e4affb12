import {
  catchError,
  defer,
  merge,
  Observable,
  of,
  retry,
  take,
  tap,
  throwIfEmpty,
  timer,
  type ObservableInput,
} from 'rxjs';
import type { Warning } from '../errors/warning.ts';
import type { Clock } from '../ports/clock.ts';
import { abortable } from './abortable.ts';
import { capture } from './capture.ts';
import { ending, interrupted, type AboutDataset } from './endings.ts';
import type { InFlight, Settled, Stage } from './events.ts';
import { retryDelay, type RetryPolicy } from './retry-delay.ts';
import type { Shutdown } from './shutdown.ts';
import type { Telemetry } from './telemetry.ts';

/** What every step needs, whatever it does. */
export interface StepTools {
  readonly shutdown: Shutdown;
  readonly telemetry: Telemetry;
  readonly retry: RetryPolicy;
  /** How many datasets may be in one stage at a time. */
  readonly concurrency: Readonly<Record<Stage, number>>;
  readonly clock: Clock;
}

/** What one step does with one dataset. It knows nothing of streams, queues and retries. */
export type StepFunction<A, B> = (
  event: A,
  context: { readonly signal: AbortSignal },
) => ObservableInput<B | Settled>;

/** One step of one dataset, and when it is to give up. */
export interface Attempt<A, B> {
  readonly stage: Stage;
  readonly tools: StepTools;
  readonly run: StepFunction<A, B>;
  readonly abort: AbortSignal;
}

/** Runs one step of one dataset to its end: retried, abortable, never an error. */
export function attempt<A extends AboutDataset, B extends InFlight>(
  event: A,
  { stage, tools, run, abort }: Attempt<A, B>,
): Observable<B | Settled> {
  return defer(() => {
    if (abort.aborted) return of(interrupted(event, stage));
    const { dataset } = event;
    const started = tools.clock.now().getTime();
    tools.telemetry.emit({ type: 'stage-started', at: started, dataset, stage });
    const outer = 'claim' in event ? [abort, event.claim.lost] : [abort];
    return abortable((signal) => run(event, { signal }), outer).pipe(
      throwIfEmpty(() => new Error(`The step \`${stage}\` ended without a result.`)),
      take(1),
      retry({ delay: (error, failures) => pause(error, { event, stage, tools, failures, abort }) }),
      catchError((error: unknown) => of(ending(event, { error, stage, abort }))),
      tap((result) => {
        report(event, result, { stage, tools, started });
      }),
    );
  });
}

interface Pause {
  readonly event: AboutDataset;
  readonly stage: Stage;
  readonly tools: StepTools;
  readonly failures: number;
  readonly abort: AbortSignal;
}

/** Emits when the step is to be tried again; errs when it is not, or when the wait is aborted. */
function pause(
  error: unknown,
  { event, stage, tools, failures, abort }: Pause,
): Observable<unknown> {
  const captured = capture(error, stage);
  const delay = retryDelay(captured.retry, { failures, policy: tools.retry });
  if (delay === undefined || abort.aborted) throw captured;
  const at = tools.clock.now().getTime();
  const { dataset } = event;
  tools.telemetry.emit({ type: 'stage-retried', at, dataset, stage, error: captured, delay });
  return merge(timer(delay), errorOnAbort(abort, captured));
}

function errorOnAbort(signal: AbortSignal, error: Error): Observable<never> {
  return new Observable((subscriber) => {
    const fail = (): void => {
      subscriber.error(error);
    };
    signal.addEventListener('abort', fail);
    return () => {
      signal.removeEventListener('abort', fail);
    };
  });
}

interface Report {
  readonly stage: Stage;
  readonly tools: StepTools;
  readonly started: number;
}

function report(
  before: AboutDataset,
  after: InFlight | Settled,
  { stage, tools, started }: Report,
): void {
  const { dataset } = before;
  const at = tools.clock.now().getTime();
  for (const warning of warningsOf(after).slice(warningsOf(before).length)) {
    tools.telemetry.emit({ type: 'warning', at, dataset, stage, warning });
  }
  const milliseconds = at - started;
  tools.telemetry.emit({ type: 'stage-finished', at, dataset, stage, milliseconds });
}

function warningsOf(event: InFlight | Settled): readonly Warning[] {
  return 'warnings' in event ? event.warnings : [];
}
