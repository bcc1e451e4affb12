import type { Outcome } from '../../streams/events.ts';

const whileHeld = 15_000;
const firstDelay = 60_000;
const longestDelay = 3_600_000;

/**
 * Milliseconds after which a dataset that has not changed is given out once more, or undefined when it is not: another process
 * holds it and may die of it, or it failed for a reason that may pass (a full disk does not fill the log).
 *
 * @param options.failures - how often in a row it has failed by now
 */
export function secondOffer(
  outcome: Outcome,
  { failures }: { readonly failures: number },
): number | undefined {
  if (outcome.status === 'skipped' && outcome.because === 'held') return whileHeld;
  if (outcome.status !== 'failed' || outcome.error.retry === 'never') return undefined;
  return Math.min(firstDelay * 2 ** (failures - 1), longestDelay);
}
