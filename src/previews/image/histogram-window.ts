import { isFlagged } from './flag-bits.ts';
import type { ValueRange } from './value-range.ts';

/** Number of bins of the histogram less one. */
export const topBin = 50_000;

/** What a histogram between two values would be of, without its counts. */
export interface HistogramWindow extends ValueRange {
  /** The lowest and the highest pixel within; both the middle where there is none. */
  readonly lowest: number;
  readonly highest: number;
  /** Pixels above the window, which belong to the last bin but one. */
  readonly above: number;
  /** Pixels within that rounding puts into the last bin. */
  readonly atTop: number;
}

/** Looks at the pixels through a window: two passes at most, the second one hardly ever. */
export function histogramWindow(
  pixels: Float32Array,
  options: { readonly range: ValueRange; readonly flagged: Uint8Array | undefined },
): HistogramWindow {
  const { range, flagged } = options;
  const { low, high } = range;
  let lowest = Infinity;
  let highest = -Infinity;
  let above = 0;
  for (let index = 0; index < pixels.length; index++) {
    if (flagged !== undefined && isFlagged(flagged, index)) continue;
    const value = pixels[index] ?? NaN;
    if (value > high) above++;
    else if (value > highest) highest = value;
    if (value < lowest && value >= low) lowest = value;
  }
  if (!(lowest <= highest)) {
    const middle = Math.fround((low + high) / 2);
    return { low, high, lowest: middle, highest: middle, above, atTop: 0 };
  }
  const atTop = binOf(highest, range) === topBin ? countAtTop(pixels, options) : 0;
  return { low, high, lowest, highest, above, atTop };
}

/** The bin of a value inside a window; in one without width, zero by zero is bin 0. */
export function binOf(value: number, range: ValueRange): number {
  const step = (range.high - range.low) / (topBin - 1);
  return Math.ceil((value - range.low) / step) | 0;
}

function countAtTop(
  pixels: Float32Array,
  options: { readonly range: ValueRange; readonly flagged: Uint8Array | undefined },
): number {
  const { range, flagged } = options;
  let count = 0;
  for (let index = 0; index < pixels.length; index++) {
    if (flagged !== undefined && isFlagged(flagged, index)) continue;
    const value = pixels[index] ?? NaN;
    if (value >= range.low && value <= range.high && binOf(value, range) === topBin) count++;
  }
  return count;
}
