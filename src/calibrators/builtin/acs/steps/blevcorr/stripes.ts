import { biasColumns } from './destripe-columns.ts';

const largestSigma = 15;
const fewestAmps = 2;

/** What one amplifier tells about the stripes: for each row the mean of its overscan and whether it may be used. */
export interface AmpStripes {
  /** Electrons, above the amplifier's bias level. */
  readonly means: Float64Array;
  /** 1 where the row may be used. */
  readonly usable: Uint8Array;
}

/** The stripe of each row, common to the four amplifiers. */
export interface Stripes {
  /** Electrons; 0 where too few amplifiers tell. */
  readonly levels: Float64Array;
  readonly fixed: number;
  readonly skipped: number;
}

/** Row means of an amplifier's overscan, less its bias level; rows of too large a spread are not used. */
export function ampStripes(
  overscan: Float64Array,
  options: { readonly level: number; readonly good: Uint8Array },
): AmpStripes {
  const rows = options.good.length;
  const means = new Float64Array(rows);
  const usable = Uint8Array.from(options.good);
  for (let row = 0; row < rows; row += 1) {
    const values = overscan
      .subarray(row * biasColumns, (row + 1) * biasColumns)
      .map((value) => value - options.level);
    let sum = 0;
    for (const value of values) sum += value;
    const mean = sum / biasColumns;
    let squares = 0;
    for (const value of values) squares += (value - mean) * (value - mean);
    if (Math.sqrt(squares / (biasColumns - 1)) >= largestSigma) usable[row] = 0;
    means[row] = mean;
  }
  return { means, usable };
}

/** Averages what the amplifiers A, B, C, D tell, in this order; at least two of them are needed. */
export function combineStripes(amps: readonly AmpStripes[]): Stripes {
  const rows = amps[0]?.means.length ?? 0;
  const levels = new Float64Array(rows);
  let fixed = 0;
  for (let row = 0; row < rows; row += 1) {
    let sum = 0;
    let count = 0;
    for (const { means, usable } of amps)
      if (usable[row] === 1) {
        sum += means[row] ?? 0;
        count += 1;
      }
    if (count < fewestAmps) continue;
    levels[row] = sum / count;
    fixed += 1;
  }
  return { levels, fixed, skipped: rows - fixed };
}
