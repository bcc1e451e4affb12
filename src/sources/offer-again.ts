import type { Outcome, Stage } from '../streams/events.ts';

const longestDelay = 3_600_000;

/** A failure in one of these is written down nowhere: only who offers the dataset again makes sure that it is not lost. */
const untold: ReadonlySet<Stage> = new Set(['claim', 'skip-finished', 'acknowledge']);

/** Why a dataset that has not changed is given out once more, and after how many milliseconds. */
export interface OfferAgain {
  readonly because: 'held' | 'failed';
  readonly delay: number;
}

/**
 * Whether a dataset is to be given out once more: another process holds it or has taken it over, and may die of it; or it failed for
 * a reason that may pass, or that nobody was told of. Failures wait for two pauses, four, ... an hour at most (a full disk does not fill the log).
 *
 * @param options.pause - milliseconds until a dataset that is held is offered again
 * @param options.failures - how often in a row it has failed by now
 */
export function offerAgain(
  outcome: Outcome,
  { pause, failures }: { readonly pause: number; readonly failures: number },
): OfferAgain | undefined {
  if (outcome.status === 'skipped' && outcome.because === 'held') {
    return { because: 'held', delay: pause };
  }
  if (outcome.status !== 'failed') return undefined;
  const { error, stage } = outcome;
  if (error.code === 'CLAIM_LOST') return { because: 'held', delay: pause };
  if (error.retry === 'never' && !untold.has(stage)) return undefined;
  return { because: 'failed', delay: Math.min(pause * 2 ** failures, longestDelay) };
}
