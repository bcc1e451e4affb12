import type { Stage } from '../../src/streams/events.ts';
import { defaultRetryPolicy } from '../../src/streams/retry-delay.ts';
import { Shutdown } from '../../src/streams/shutdown.ts';
import type { StepTools } from '../../src/streams/attempt.ts';
import { Telemetry } from '../../src/streams/telemetry.ts';

/** The same number of places in every stage. */
export function evenConcurrency(places: number): Record<Stage, number> {
  return {
    admit: places,
    claim: places,
    'skip-finished': places,
    stage: places,
    'assign-references': places,
    calibrate: places,
    preview: places,
    publish: places,
    acknowledge: places,
  };
}

/** Real tools for a step, with a clock that stands still. */
export function stepTools({ places = 2 }: { readonly places?: number } = {}): StepTools {
  return {
    shutdown: new Shutdown(),
    telemetry: new Telemetry(),
    retry: defaultRetryPolicy,
    concurrency: evenConcurrency(places),
    clock: { now: () => new Date(0) },
  };
}
