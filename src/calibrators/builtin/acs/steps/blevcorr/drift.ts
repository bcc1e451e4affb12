import type { Frame } from '../../frames/frame.ts';
import type { Overscan } from '../../tables/oscntab.ts';
import type { Columns } from './bias-sections.ts';
import { LineSums } from './line-sums.ts';
import { medianOf } from './median.ts';

/** How the bias level changes along a line. */
export interface Drift {
  readonly status: 'fitted' | 'no-overscan' | 'singular';
  /** Electrons a column. */
  readonly slope: number;
  /** The column at which the drift is zero: the middle of the bias section. */
  readonly zero: number;
}

/**
 * Fits the virtual overscan as a function of the column, in electrons.
 *
 * @param options - `section`: the bias section, whose middle has no drift; `badBits`: DQ bits of pixels that are left out.
 */
export function fitDrift(
  frame: Frame,
  options: { readonly overscan: Overscan; readonly section: Columns; readonly badBits: number },
): Drift {
  const { virtualX, virtualY } = options.overscan;
  const zero = (options.section.first + options.section.last) / 2;
  if (virtualX.last <= virtualX.first || virtualY.last <= virtualY.first)
    return { status: 'no-overscan', slope: 0, zero };
  const middle = Math.trunc((virtualX.first + virtualX.last) / 2);
  const sums = new LineSums();
  const column = new Float64Array(virtualY.last - virtualY.first + 1);
  for (let i = virtualX.first; i <= virtualX.last; i += 1) {
    let count = 0;
    for (let j = virtualY.first; j <= virtualY.last; j += 1) {
      const k = j * frame.nx + i;
      if (((frame.dq[k] ?? 0) & options.badBits) !== 0) continue;
      column[count] = frame.sci[k] ?? 0;
      count += 1;
    }
    if (count > 0) sums.add(i - middle, medianOf(column, count));
  }
  if (sums.count < 1 || sums.determinant === 0) return { status: 'singular', slope: 0, zero };
  return { status: 'fitted', slope: sums.slope, zero };
}
