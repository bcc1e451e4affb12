import type { Frame } from '../../frames/frame.ts';
import { ScratchLines } from '../../frames/scratch-lines.ts';
import type { CrExposure } from './exposure.ts';
import type { CrParameters } from './parameters.ts';

const { fround } = Math;

/** Reads one exposure line after line. */
interface Source {
  readonly exposure: CrExposure;
  readonly lines: ScratchLines;
}

/** One line of an exposure. */
interface Line {
  readonly exposure: CrExposure;
  readonly pixels: Frame;
}

/**
 * Fills `average` with the image that the exposures are first compared with, electrons per second above the sky.
 * Holds a block of rows of each exposure.
 */
export function initialAverage(
  average: Float32Array,
  options: { readonly exposures: readonly CrExposure[]; readonly parameters: CrParameters },
): void {
  const { initialGuess, badBits } = options.parameters;
  const { nx, ny } = options.exposures[0]?.scratch.frame ?? { nx: 0, ny: 0 };
  const sources = options.exposures.map((exposure): Source => {
    return { exposure, lines: new ScratchLines(exposure.scratch) };
  });
  const guess = initialGuess === 'median' ? medianLine : minimumLine;
  for (let line = 0; line < ny; line += 1) {
    const lines = sources.map(({ exposure, lines }) => ({ exposure, pixels: lines.line(line) }));
    guess(average.subarray(line * nx, (line + 1) * nx), { lines, badBits });
  }
}

function medianLine(
  average: Float32Array,
  options: { readonly lines: readonly Line[]; readonly badBits: number },
): void {
  const { badBits } = options;
  const lines = options.lines.filter(({ exposure }) => exposure.time > 0);
  const sorted = new Float32Array(lines.length);
  for (let i = 0; i < average.length; i += 1) {
    let count = 0;
    for (const { exposure, pixels } of lines) {
      if (((pixels.dq[i] ?? 0) & badBits) !== 0) continue;
      const value = fround(fround((pixels.sci[i] ?? 0) - exposure.sky) / exposure.time);
      insert(sorted, { value, count });
      count += 1;
    }
    average[i] = middle(sorted, count);
  }
}

/** Puts a value into its place among the first `count` sorted ones; what is no number comes last. */
function insert(
  sorted: Float32Array,
  { value, count }: { readonly value: number; readonly count: number },
): void {
  let place = count;
  for (; place > 0; place -= 1) {
    const before = sorted[place - 1] ?? 0;
    if (before <= value || Number.isNaN(value)) break;
    sorted[place] = before;
  }
  sorted[place] = value;
}

function middle(sorted: Float32Array, count: number): number {
  if (count === 0) return 0;
  const half = Math.floor(count / 2);
  const upper = sorted[half] ?? 0;
  return count % 2 === 1 ? upper : fround((sorted[half - 1] ?? 0) + upper) / 2;
}

/** A bad pixel in the first exposure makes 0, which only a negative value can replace: reproduced, it changes what is rejected. */
function minimumLine(
  average: Float32Array,
  options: { readonly lines: readonly Line[]; readonly badBits: number },
): void {
  for (const [n, line] of options.lines.entries())
    lowerTo(average, { line, badBits: options.badBits, isFirst: n === 0 });
}

function lowerTo(
  average: Float32Array,
  options: { readonly line: Line; readonly badBits: number; readonly isFirst: boolean },
): void {
  const { badBits, isFirst } = options;
  const { sky, time } = options.line.exposure;
  const { sci, dq } = options.line.pixels;
  const hasTime = time > 0;
  for (let i = 0; i < average.length; i += 1) {
    const value = hasTime ? fround(fround((sci[i] ?? 0) - sky) / time) : 0;
    if (isFirst || value < (average[i] ?? 0))
      average[i] = hasTime && ((dq[i] ?? 0) & badBits) === 0 ? value : 0;
  }
}
