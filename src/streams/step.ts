import { connect, filter, merge, mergeMap, type OperatorFunction } from 'rxjs';
import { attempt, type StepFunction, type StepTools } from './attempt.ts';
import { isSettled, type InFlight, type Settled, type Stage } from './events.ts';

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
