import { isFlagged } from './flag-bits.ts';

/** The pixel values between which the picture is stretched: `low` is black. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Number of bins of the histogram less one. */
const topBin = 50_000;
const tailPercent = 0.5;
const softening = 5;

/**
 * Finds the range that holds 99 % of the pixels: percentiles 0.5 and 99.5 of a histogram of 50,000 bins, which zooms in
 * while outliers crowd the rest into ten bins or fewer, and whose upper end moves up where the values are nearly pure noise.
 * The rule of `fitscut --autoscale=99.5`.
 *
 * @param pixels - missing pixels NaN, nothing infinite.
 * @param options.flagged - one bit a pixel, lowest bit first: pixels that are drawn but have no say in the range.
 * @returns undefined where no pixel has a say; `low` equals `high` where all are the same.
 */
export function valueRange(
  pixels: Float32Array,
  options: { readonly flagged?: Uint8Array | undefined } = {},
): ValueRange | undefined {
  let window = extremes(pixels, options.flagged);
  if (window === undefined) return undefined;
  const counts = new Int32Array(topBin + 1);
  for (;;) {
    const inside = fill(counts, { pixels, window, ...options });
    const found = rangeOf(counts, { window, total: inside.total });
    if (!found.crowded || inside.low === inside.high) return found.range;
    const narrowed = {
      low: Math.max(inside.low, found.limits.low),
      high: Math.min(inside.high, found.limits.high),
    };
    // A window that does not get narrower never will.
    if (narrowed.low === window.low && narrowed.high === window.high) return found.range;
    window = narrowed;
  }
}

function extremes(pixels: Float32Array, flagged: Uint8Array | undefined): ValueRange | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < pixels.length; index++) {
    if (flagged !== undefined && isFlagged(flagged, index)) continue;
    const value = pixels[index] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : undefined;
}

/** Counts the pixels of each bin; returns how many and the extremes of those inside the window. */
function fill(
  counts: Int32Array,
  options: {
    readonly pixels: Float32Array;
    readonly window: ValueRange;
    readonly flagged?: Uint8Array | undefined;
  },
): ValueRange & { readonly total: number } {
  const { pixels, window, flagged } = options;
  const bin = (window.high - window.low) / (topBin - 1);
  let total = 0;
  let low = Infinity;
  let high = -Infinity;
  counts.fill(0);
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (value !== value || (flagged !== undefined && isFlagged(flagged, index))) continue;
    let place = 0;
    if (value > window.high) place = topBin - 1;
    else if (value >= window.low) {
      // In a window without width this is zero by zero; `| 0` makes it bin 0.
      place = Math.ceil((value - window.low) / bin) | 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    counts[place] = (counts[place] ?? 0) + 1;
    total++;
  }
  if (low <= high) return { low, high, total };
  const middle = Math.fround((window.low + window.high) / 2);
  return { low: middle, high: middle, total };
}

function rangeOf(
  counts: Int32Array,
  options: { readonly window: ValueRange; readonly total: number },
): { readonly range: ValueRange; readonly limits: ValueRange; readonly crowded: boolean } {
  const { window, total } = options;
  const bins = percentileBins(counts, total);
  const step = (window.high - window.low) / (topBin - 1);
  const low = bins.low === topBin ? window.high : step * (bins.low - 1) + window.low;
  const high = bins.high === topBin - 1 ? window.high : step * bins.high + window.low;
  const median = step * (bins.median - 0.5) + window.low;
  return {
    range: { low, high: Math.max(high, median + softening * (median - low)) },
    limits: { low, high },
    crowded: bins.low + 10 >= bins.high,
  };
}

interface PercentileBins {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

function percentileBins(counts: Int32Array, total: number): PercentileBins {
  const tail = Math.trunc((total * tailPercent) / 100);
  let above = counts[topBin] ?? 0;
  let high = topBin;
  while (above <= tail && high > 0) above += counts[--high] ?? 0;
  let below = counts[0] ?? 0;
  let low = 0;
  while (below <= tail && low < topBin) below += counts[++low] ?? 0;
  const half = Math.trunc(total * 0.5);
  let median = low;
  if (low !== high) while (below <= half && median < topBin) below += counts[++median] ?? 0;
  return { low, median, high };
}
