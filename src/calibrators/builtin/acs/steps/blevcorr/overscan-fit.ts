import type { Frame } from '../../frames/frame.ts';
import type { BiasSections } from './bias-sections.ts';
import { LineSums } from './line-sums.ts';
import { medianOf } from './median.ts';
import { rejectHighLevels } from './reject-high-levels.ts';

const smallestDeterminant = 1.17549435e-38;

/** The bias level as a straight line over the lines of the frame, and how it was found. */
export interface OverscanFit {
  readonly slope: number;
  readonly intercept: number;
  /** False where no line could be fitted and the level of CCDTAB stands in. */
  readonly isFitted: boolean;
  /** Good pixels in the first line; undefined where it has none. */
  readonly firstLinePixels?: number;
  /** Levels left out as too high; undefined where there was no level at all. */
  readonly rejected?: number;
  /** Lines without a good overscan pixel. */
  readonly emptyLines: number;
}

/** What the fit needs to know. */
export interface OverscanFitOptions {
  readonly sections: BiasSections;
  /** Lines of the amplifier. */
  readonly lines: number;
  /** Line of the frame that counts as line 0; TRIMY1 for upper amplifiers too, as in calacs. */
  readonly firstLine: number;
  readonly badBits: number;
  /** Electrons; single precision. */
  readonly readNoise: number;
  /** Level to take where no fit can be made, electrons. */
  readonly defaultLevel: number;
}

/** Fits the median of each line's overscan as a function of the line number, in electrons. */
export function fitOverscan(frame: Frame, options: OverscanFitOptions): OverscanFit {
  const { lines } = options;
  const levels = new Float64Array(lines);
  const mask = new Uint8Array(lines);
  let emptyLines = 0;
  let firstLinePixels = 0;
  for (let j = 0; j < lines; j += 1) {
    const level = lineLevel(frame, { line: j + options.firstLine, ...options });
    if (level.count === 0) {
      emptyLines += 1;
      continue;
    }
    if (j === 0) firstLinePixels = level.count;
    levels[j] = level.median;
    mask[j] = 1;
  }
  const rejected = rejectHighLevels(levels, { mask, readNoise: options.readNoise });
  return {
    ...fitLevels(levels, { mask, defaultLevel: options.defaultLevel }),
    ...(firstLinePixels > 0 && { firstLinePixels }),
    ...(rejected !== undefined && { rejected }),
    emptyLines,
  };
}

function lineLevel(
  frame: Frame,
  options: {
    readonly line: number;
    readonly sections: BiasSections;
    readonly badBits: number;
  },
): { readonly count: number; readonly median: number } {
  const { primary, secondary } = options.sections;
  const values: number[] = [];
  const base = options.line * frame.nx;
  const collect = (first: number, last: number): void => {
    for (let k = base + first; k <= base + last; k += 1)
      if (((frame.dq[k] ?? 0) & options.badBits) === 0) values.push(frame.sci[k] ?? 0);
  };
  if (primary.last !== 0) collect(primary.first, primary.last);
  if (secondary.first !== 0) collect(secondary.first, secondary.last);
  return { count: values.length, median: medianOf(Float64Array.from(values), values.length) };
}

function fitLevels(
  levels: Float64Array,
  options: { readonly mask: Uint8Array; readonly defaultLevel: number },
): Pick<OverscanFit, 'slope' | 'intercept' | 'isFitted'> {
  const middle = Math.trunc(levels.length / 2);
  const sums = new LineSums();
  for (const [j, level] of levels.entries()) if (options.mask[j] === 1) sums.add(j - middle, level);
  if (sums.count < 1 || Math.abs(sums.determinant) < smallestDeterminant)
    return { slope: 0, intercept: options.defaultLevel, isFitted: false };
  const { slope } = sums;
  return { slope, intercept: sums.meanY - slope * sums.meanX, isFitted: true };
}
