import { CaldpError } from '../../../../../errors/caldp-error.ts';
import type { Frame } from '../../frames/frame.ts';
import type { Scratch } from '../../frames/scratch.ts';
import { ScratchLines } from '../../frames/scratch-lines.ts';

const { fround, trunc } = Math;
const lowestSky = -15_000;
const fewestBins = 1000;
const mostBins = 10_000;

/** The bins of a histogram of sky levels. */
interface Bins {
  readonly minimum: number;
  readonly width: number;
  readonly count: number;
}

/**
 * The sky level of each exposure: the mode of its histogram, refined by a parabola; electrons.
 * The range of the histogram comes from the first exposure alone, as in calacs. Holds one block of rows.
 *
 * @throws CaldpError `ACS_NO_GOOD_PIXEL` where the first exposure has none: calacs' result is then undefined.
 */
export function skyLevels(
  exposures: readonly Scratch[],
  options: { readonly badBits: number },
): readonly number[] {
  const [first] = exposures;
  if (first === undefined) return [];
  const bins = histogramBins(first, options.badBits);
  return exposures.map((exposure) => modeOf(histogram(exposure, bins), bins));
}

function histogramBins(exposure: Scratch, badBits: number): Bins {
  const range = { lowest: fround(2147483647), sum: 0, count: 0 };
  forEachLine(exposure, (line) => {
    addToRange(range, { line, badBits });
  });
  const { lowest, sum, count } = range;
  if (count === 0) throw noGoodPixel(exposure.frame.path);
  const minimum = trunc(Math.max(lowest, lowestSky));
  const mean = sum > 0 ? trunc(fround(fround(sum / count) + 1)) : 1;
  const maximum = trunc(fround(fround(2 * mean) - minimum));
  const bins = maximum - minimum + 1;
  if (bins < fewestBins) return { minimum, width: 1, count: fewestBins };
  if (bins > mostBins) return { minimum, width: fround(bins / mostBins), count: mostBins };
  return { minimum, width: 1, count: bins };
}

/** Smallest value, sum in single precision and number of the good pixels. */
interface GoodRange {
  lowest: number;
  sum: number;
  count: number;
}

function addToRange(
  range: GoodRange,
  { line, badBits }: { readonly line: Frame; readonly badBits: number },
): void {
  const { sci, dq } = line;
  let { lowest, sum, count } = range;
  for (let i = 0; i < sci.length; i += 1) {
    if (((dq[i] ?? 0) & badBits) !== 0) continue;
    const value = sci[i] ?? 0;
    if (value < lowest) lowest = value;
    sum = fround(sum + value);
    count += 1;
  }
  range.lowest = lowest;
  range.sum = sum;
  range.count = count;
}

function histogram(exposure: Scratch, bins: Bins): Int32Array {
  const counts = new Int32Array(bins.count);
  forEachLine(exposure, (line) => {
    addToHistogram(counts, { line, bins });
  });
  return counts;
}

function addToHistogram(
  counts: Int32Array,
  { line, bins }: { readonly line: Frame; readonly bins: Bins },
): void {
  const { sci, dq } = line;
  const { minimum, width } = bins;
  const end = counts.length;
  for (let i = 0; i < sci.length; i += 1) {
    if (dq[i] !== 0) continue;
    const position = fround(fround((sci[i] ?? 0) - minimum) / width);
    // What lies between -1 and 0 is in the first bin, because calacs cuts numbers off at their point.
    if (!(position > -1 && position < end)) continue;
    const bin = position | 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
}

function modeOf(counts: Int32Array, { minimum, width, count }: Bins): number {
  let peak = 0;
  for (let bin = 1; bin < count; bin += 1) if ((counts[bin] ?? 0) > (counts[peak] ?? 0)) peak = bin;
  if (peak === 0) return fround(minimum + 0.5 * width);
  if (peak === count - 1) return fround(minimum + (count - 0.5) * width);
  const rise = (counts[peak] ?? 0) - (counts[peak - 1] ?? 0);
  const fall = (counts[peak] ?? 0) - (counts[peak + 1] ?? 0);
  if (rise + fall === 0) return fround(minimum + (peak + 0.5) * width);
  const position = fround(peak + 0.5 + (0.5 * (rise - fall)) / (rise + fall));
  return fround(minimum + fround(position * width));
}

function forEachLine(exposure: Scratch, visit: (line: Frame) => void): void {
  const lines = new ScratchLines(exposure);
  for (let line = 0; line < exposure.frame.ny; line += 1) visit(lines.line(line));
}

function noGoodPixel(path: string): CaldpError {
  return new CaldpError(
    `The first exposure of the combination has no pixel without bad flags (scratch \`${path}\`); its sky level is undefined.`,
    {
      code: 'ACS_NO_GOOD_PIXEL',
      advice:
        'Look at the DQ array of the first exposure and at BADINPDQ of the CRREJTAB reference.',
      exit: 'STAGE1_ERROR',
    },
  );
}
