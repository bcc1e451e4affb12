import { valueOfRank } from './value-of-rank.ts';

/** The median of some numbers, the mean of the middle two where their count is even; NaN for none. The numbers change places. */
export function median(numbers: Float64Array): number {
  const middle = numbers.length / 2;
  if (!Number.isInteger(middle)) return valueOfRank(numbers, Math.floor(middle));
  return (valueOfRank(numbers, middle - 1) + valueOfRank(numbers, middle)) / 2;
}
