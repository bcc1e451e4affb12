import { stretchFactor } from './stretch.ts';

/** Sums of positions up to this are in the table, on either side of zero. */
export const tableReach = 16;
/** Entries for a unit of the sum. */
export const tableSteps = 2048;

/**
 * Makes a table of the stretch factor, unclipped, for sums from -`tableReach` up. Interpolated between two entries it is right to
 * 10⁻⁷.
 */
export function stretchTable(): Float64Array {
  const factors = new Float64Array(2 * tableReach * tableSteps + 2);
  return factors.map((_, index) => stretchFactor(index / tableSteps - tableReach, 0));
}
