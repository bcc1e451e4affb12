import type { Overscan } from '../../tables/oscntab.ts';

/** Columns `first` to `last`, both included. */
export interface Columns {
  readonly first: number;
  readonly last: number;
}

/** The overscan columns that give the bias level of one amplifier. */
export interface BiasSections {
  readonly primary: Columns;
  /** The other side, where one amplifier reads the whole line; else columns 0 to 0, which count as none. */
  readonly secondary: Columns;
}

/**
 * The overscan next to an amplifier.
 * A section that OSCNTAB leaves at 0 arrives here as -1, which is not the 0 that calacs tests for: where only section B is given,
 * calacs takes the missing A and finds no pixel. Reproduced, because the default bias is then subtracted.
 *
 * @param options - `isRight`: the amplifier is on the right; `nx`: width of the frame; `isAlone`: it is the only one of the chip.
 */
export function biasSections(
  overscan: Overscan,
  options: { readonly isRight: boolean; readonly isAlone: boolean; readonly nx: number },
): BiasSections {
  const { sectionA, sectionB } = overscan;
  const unused: Columns = { first: 0, last: 0 };
  if (sectionA.last > 0 && sectionB.last > 0) {
    const [near, far] = options.isRight ? [sectionB, sectionA] : [sectionA, sectionB];
    return {
      primary: clipped(near, options.nx),
      secondary: clipped(options.isAlone ? far : unused, options.nx),
    };
  }
  const primary = sectionA.last === 0 ? sectionB : sectionA;
  return { primary: clipped(primary, options.nx), secondary: unused };
}

function clipped(columns: Columns, nx: number): Columns {
  return { first: Math.max(columns.first, 0), last: Math.min(columns.last, nx - 1) };
}
