import { valueOfRank } from './value-of-rank.ts';

/** The percentile of some numbers, linearly interpolated between the two nearest. The numbers change places. */
export function percentile(numbers: Float64Array, percent: number): number {
  const place = (percent / 100) * (numbers.length - 1);
  const below = Math.floor(place);
  const { value: low, next: high } = valueOfRank(numbers, below);
  const part = place - below;
  // Interpolating from the nearer side is what NumPy does; it decides the last bit.
  return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
}
