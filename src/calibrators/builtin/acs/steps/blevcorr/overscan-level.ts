import { biasColumns } from './destripe-columns.ts';

const clipFactor = 6;
const leastPasses = 5;
const mostPasses = 10;

/**
 * The mean of the overscan of the good rows, clipped at six mean absolute deviations, five to ten times; electrons, 0 where no
 * row is good. Column by column, because the sums are to be equal to the bit.
 *
 * @param overscan - 24 numbers a row.
 */
export function overscanLevel(overscan: Float64Array, good: Uint8Array): number {
  let values = valuesByColumn(overscan, good);
  let before: number;
  let passes = 0;
  do {
    before = values.length;
    passes += 1;
    values = withoutOutliers(values);
  } while (passes <= leastPasses || (passes <= mostPasses && values.length < before));
  return values.length === 0 ? 0 : sumOf(values) / values.length;
}

function valuesByColumn(overscan: Float64Array, good: Uint8Array): Float64Array {
  const values = new Float64Array(overscan.length);
  let count = 0;
  for (let c = 0; c < biasColumns; c += 1)
    for (let row = 0; row < good.length; row += 1)
      if (good[row] === 1) {
        values[count] = overscan[row * biasColumns + c] ?? 0;
        count += 1;
      }
  return values.subarray(0, count);
}

/** Moves the numbers that stay to the front of the same memory. */
function withoutOutliers(values: Float64Array): Float64Array {
  if (values.length === 0) return values;
  const mean = sumOf(values) / values.length;
  let deviations = 0;
  for (let n = 0; n < values.length; n += 1) deviations += Math.abs((values[n] ?? 0) - mean);
  const limit = clipFactor * (deviations / values.length);
  let kept = 0;
  for (let n = 0; n < values.length; n += 1) {
    const value = values[n] ?? 0;
    if (Math.abs(value - mean) > limit) continue;
    values[kept] = value;
    kept += 1;
  }
  return values.subarray(0, kept);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < values.length; n += 1) sum += values[n] ?? 0;
  return sum;
}
