import {
  catchError,
  connect,
  defer,
  filter,
  merge,
  mergeMap,
  Observable,
  of,
  retry,
  take,
  tap,
  throwIfEmpty,
  timer,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { Clock } from '../ports/clock.ts';
import { abortable } from './abortable.ts';
import { capture } from './capture.ts';
import {
  isSettled,
  type Failed,
  type InFlight,
  type Interrupted,
  type Settled,
  type Stage,
} from './events.ts';
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

/** An event that is about a dataset. */
export type AboutDataset = InFlight | Exclude<Settled, { readonly status: 'rejected' }>;

/** One step of one dataset, and when it is to give up. */
export interface Attempt<A, B> {
  readonly stage: Stage;
  readonly tools: StepTools;
  readonly run: StepFunction<A, B>;
  readonly abort: AbortSignal;
}

/**
 * Makes an operator of a step: at most `tools.concurrency[stage]` datasets at a time, tried again by the class of the error,
 * given up on abort, every error caught and turned into a `failed` event. One event in, exactly one event out, also when the
 * step throws, emits nothing or emits twice. What is settled passes at once, it does not wait for a place.
 *
 * The Observable errs only when its source does.
 */
export function step<A extends InFlight, B extends InFlight>(
  stage: Stage,
  tools: StepTools,
  run: StepFunction<A, B>,
): OperatorFunction<A | Settled, B | Settled> {
  const abort = tools.shutdown.aborting;
  return connect((events) =>
    merge(
      events.pipe(filter(isSettled)),
      events.pipe(
        filter((event): event is A => !isSettled(event)),
        mergeMap((event) => attempt(event, { stage, tools, run, abort }), tools.concurrency[stage]),
      ),
    ),
  );
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
    const lost = 'claim' in event ? event.claim?.lost : undefined;
    const outer = lost === undefined ? [abort] : [abort, lost];
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

/** What an error at the end of all tries makes of a dataset. */
function ending(
  event: AboutDataset,
  { error, stage, abort }: { readonly error: unknown; readonly stage: Stage; abort: AbortSignal },
): Failed | Interrupted {
  if (abort.aborted) return interrupted(event, stage);
  const lost = 'claim' in event && event.claim?.lost.aborted === true;
  return failed(event, { stage, error: lost ? claimLost(event, error) : capture(error, stage) });
}

function claimLost({ dataset }: AboutDataset, cause: unknown): CaldpError {
  return new CaldpError(`Another process has taken over \`${dataset.id}\`.`, {
    code: 'CLAIM_LOST',
    advice:
      'Look at `caldp status`; check that the clocks of the machines agree and that the store answers.',
    cause,
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

function interrupted(event: AboutDataset, stage: Stage): Interrupted {
  return { ...identity(event), status: 'interrupted', stage };
}

function failed(event: AboutDataset, why: Pick<Failed, 'stage' | 'error'>): Failed {
  return { ...identity(event), status: 'failed', ...why };
}

/** What stays known about a dataset whatever becomes of it. */
function identity(event: AboutDataset): Pick<Failed, 'dataset' | 'origin' | 'claim' | 'work'> {
  const { dataset, origin } = event;
  return {
    dataset,
    origin,
    ...('claim' in event && event.claim !== undefined ? { claim: event.claim } : {}),
    ...('work' in event && event.work !== undefined ? { work: event.work } : {}),
  };
}
