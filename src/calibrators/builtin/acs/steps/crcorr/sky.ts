import { CaldpError } from '../../../../../errors/caldp-error.ts';
import type { Scratch } from '../../frames/scratch.ts';

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
 * The range of the histogram comes from the first exposure alone, as in calacs. Holds one line.
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
  let lowest = fround(2147483647);
  let sum = 0;
  let count = 0;
  forEachLine(exposure, (sci, dq) => {
    for (let i = 0; i < sci.length; i += 1) {
      if (((dq[i] ?? 0) & badBits) !== 0) continue;
      const value = sci[i] ?? 0;
      if (value < lowest) lowest = value;
      sum = fround(sum + value);
      count += 1;
    }
  });
  if (count === 0) throw noGoodPixel(exposure.frame.path);
  const minimum = trunc(Math.max(lowest, lowestSky));
  const mean = sum > 0 ? trunc(fround(fround(sum / count) + 1)) : 1;
  const maximum = trunc(fround(fround(2 * mean) - minimum));
  const range = maximum - minimum + 1;
  if (range < fewestBins) return { minimum, width: 1, count: fewestBins };
  if (range > mostBins) return { minimum, width: fround(range / mostBins), count: mostBins };
  return { minimum, width: 1, count: range };
}

function histogram(exposure: Scratch, bins: Bins): Int32Array {
  const counts = new Int32Array(bins.count);
  forEachLine(exposure, (sci, dq) => {
    for (let i = 0; i < sci.length; i += 1) {
      if (dq[i] !== 0) continue;
      const bin = trunc(fround(fround((sci[i] ?? 0) - bins.minimum) / bins.width));
      if (bin >= 0 && bin < bins.count) counts[bin] = (counts[bin] ?? 0) + 1;
    }
  });
  return counts;
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

function forEachLine(exposure: Scratch, visit: (sci: Float32Array, dq: Int16Array) => void): void {
  const { nx, ny } = exposure.frame;
  const sci = new Float32Array(nx);
  const dq = new Int16Array(nx);
  for (let line = 0; line < ny; line += 1) {
    exposure.readSci(sci, line);
    exposure.readDq(dq, line);
    visit(sci, dq);
  }
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
