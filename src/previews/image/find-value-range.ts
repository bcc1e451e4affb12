import { binOf, histogramWindow, topBin, type HistogramWindow } from './histogram-window.ts';
import { orderStatistics, type OrderStatistics } from './order-statistics.ts';
import type { ValueRange } from './value-range.ts';

const tailPercent = 0.5;
const softening = 5;

/**
 * Finds the range that holds 99 % of the pixels: percentiles 0.5 and 99.5 of a histogram of 50,000 bins, which zooms in
 * while outliers crowd the rest into ten bins or fewer, and whose upper end moves up where the values are nearly pure noise.
 * The rule of `fitscut --autoscale=99.5`.
 *
 * No histogram is filled: the bin in which the sum over bins passes a number is the bin of the pixel of that rank.
 *
 * @param pixels - missing pixels NaN.
 * @param options.flagged - one bit a pixel, lowest bit first: pixels that are drawn but have no say in the range.
 * @returns undefined where no pixel has a say; `low` equals `high` where all are the same.
 */
export function findValueRange(
  pixels: Float32Array,
  options: { readonly flagged?: Uint8Array | undefined } = {},
): ValueRange | undefined {
  const { flagged } = options;
  const ordered = orderStatistics(pixels, { flagged, ranks: allRanks });
  if (ordered.count === 0) return undefined;
  let window = wholeWindow(ordered);
  for (;;) {
    const found = rangeIn(window, ordered);
    if (!found.crowded || window.lowest === window.highest) return found.range;
    const range = {
      low: Math.max(window.lowest, found.limits.low),
      high: Math.min(window.highest, found.limits.high),
    };
    // A window that does not get narrower never will.
    if (range.low === window.low && range.high === window.high) return found.range;
    window = histogramWindow(pixels, { range, flagged });
  }
}

interface Ranks {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

function ranksOf(count: number): Ranks {
  const tail = Math.trunc((count * tailPercent) / 100);
  return { low: tail, median: Math.trunc(count * 0.5), high: count - 1 - tail };
}

function allRanks(count: number): readonly number[] {
  const { low, median, high } = ranksOf(count);
  return [0, low, median, high, count - 1];
}

function wholeWindow(ordered: OrderStatistics): HistogramWindow {
  const [low, high] = [ordered.valueAt(0), ordered.valueAt(ordered.count - 1)];
  // Rounding can put the highest value into the last bin; above it there is nothing that this could change places with.
  return { low, high, lowest: low, highest: high, above: 0, atTop: 0 };
}

function rangeIn(
  window: HistogramWindow,
  ordered: OrderStatistics,
): { readonly range: ValueRange; readonly limits: ValueRange; readonly crowded: boolean } {
  const ranks = ranksOf(ordered.count);
  const bins = {
    low: binOfRank(ranks.low, { window, ordered }),
    high: binOfRank(ranks.high, { window, ordered }),
  };
  const middle = bins.low === bins.high ? bins.low : binOfRank(ranks.median, { window, ordered });
  const step = (window.high - window.low) / (topBin - 1);
  const low = bins.low === topBin ? window.high : step * (bins.low - 1) + window.low;
  const high = bins.high === topBin - 1 ? window.high : step * bins.high + window.low;
  const median = step * (middle - 0.5) + window.low;
  return {
    range: { low, high: Math.max(high, median + softening * (median - low)) },
    limits: { low, high },
    crowded: bins.low + 10 >= bins.high,
  };
}

/** The bin in which a rank lies when pixels are ordered by bin: those above the window come before those in the last bin. */
function binOfRank(
  rank: number,
  options: { readonly window: HistogramWindow; readonly ordered: OrderStatistics },
): number {
  const { window, ordered } = options;
  const last = ordered.count - window.atTop;
  if (window.above > 0 && rank >= last) return topBin;
  if (window.above > 0 && rank >= last - window.above) return topBin - 1;
  const value = ordered.valueAt(rank);
  return value < window.low ? 0 : binOf(value, window);
}
