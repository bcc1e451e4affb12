import type { CrExposure } from './exposure.ts';
import type { CrParameters } from './parameters.ts';

const { fround } = Math;

/** One line of all exposures. */
interface Line {
  readonly exposure: CrExposure;
  readonly sci: Float32Array;
  readonly dq: Int16Array;
}

/**
 * The image that the exposures are first compared with, electrons per second above the sky.
 * Holds one line of each exposure and the result.
 */
export function initialAverage(
  exposures: readonly CrExposure[],
  parameters: CrParameters,
): Float32Array {
  const { nx, ny } = exposures[0]?.scratch.frame ?? { nx: 0, ny: 0 };
  const average = new Float32Array(nx * ny);
  const lines = exposures.map((exposure) => ({
    exposure,
    sci: new Float32Array(nx),
    dq: new Int16Array(nx),
  }));
  const guess = parameters.initialGuess === 'median' ? medianLine : minimumLine;
  for (let line = 0; line < ny; line += 1) {
    for (const { exposure, sci, dq } of lines) {
      exposure.scratch.readSci(sci, line);
      exposure.scratch.readDq(dq, line);
    }
    guess(average.subarray(line * nx, (line + 1) * nx), { lines, badBits: parameters.badBits });
  }
  return average;
}

function medianLine(
  average: Float32Array,
  options: { readonly lines: readonly Line[]; readonly badBits: number },
): void {
  const { lines, badBits } = options;
  const values = new Float32Array(lines.length);
  for (let i = 0; i < average.length; i += 1) {
    let count = 0;
    for (const { exposure, sci, dq } of lines) {
      if (exposure.time <= 0 || ((dq[i] ?? 0) & badBits) !== 0) continue;
      values[count] = fround((sci[i] ?? 0) - exposure.sky) / exposure.time;
      count += 1;
    }
    average[i] = medianOf(values.subarray(0, count));
  }
}

function medianOf(values: Float32Array): number {
  if (values.length === 0) return 0;
  values.sort();
  const middle = Math.floor(values.length / 2);
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : fround((values[middle - 1] ?? 0) + upper) / 2;
}

/** A bad pixel in the first exposure makes 0, which only a negative value can replace: reproduced, it changes what is rejected. */
function minimumLine(
  average: Float32Array,
  options: { readonly lines: readonly Line[]; readonly badBits: number },
): void {
  const { lines, badBits } = options;
  for (const [n, { exposure, sci, dq }] of lines.entries())
    for (let i = 0; i < average.length; i += 1) {
      const value =
        exposure.time > 0 ? fround(fround((sci[i] ?? 0) - exposure.sky) / exposure.time) : 0;
      if (n !== 0 && !(value < (average[i] ?? 0))) continue;
      const isGood = ((dq[i] ?? 0) & badBits) === 0 && exposure.time > 0;
      average[i] = isGood ? value : 0;
    }
}
