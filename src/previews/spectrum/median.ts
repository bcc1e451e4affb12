import { valueOfRank } from './value-of-rank.ts';

/** The median of some numbers, the mean of the middle two where their count is even; NaN for none. The numbers change places. */
export function median(numbers: Float64Array): number {
  const middle = valueOfRank(numbers, Math.floor((numbers.length - 1) / 2));
  return numbers.length % 2 === 1 ? middle.value : (middle.value + middle.next) / 2;
}
