import { CaldpError } from '../../../../../errors/caldp-error.ts';
import type { Frame } from '../../frames/frame.ts';
import type { AmpName } from '../quadrants.ts';
import type { AmpView } from './amp-view.ts';
import { BiasFilter, type ReadLine } from './bias-filter.ts';

/** The square of overscan pixels that defines the bias level: far from the sky in both directions. */
const square = { firstRow: 2057, lastRow: 2066, firstColumn: 13, lastColumn: 22, pixels: 100 };

/** Bias level of one amplifier, electrons, before and after the correction; the latter was subtracted. */
export interface BiasShift {
  readonly amp: AmpName;
  readonly before: number;
  readonly after: number;
}

/**
 * BLEVCORR of the WFC after May 2009, first part: removes the shift of the bias level that bright pixels leave behind them in the
 * dual-slope integrator, a first-order filter over all pixels in the order of the read-out.
 *
 * In and out: electrons. No reference: the constants are those of the flight electronics.
 * Source: ACS ISR 2012-02 (Golimowski et al.); subarrays: ACS ISR 2017-03.
 * Double precision; the filter runs twice, because the level to subtract is known only at its end, and so needs no copy of the frame.
 *
 * @throws CaldpError `ACS_FRAME_TOO_SMALL` where the frame lacks the square of overscan pixels that defines the level.
 */
export function biasShift(frame: Frame, view: AmpView): BiasShift {
  if (view.rows <= square.lastRow || view.columns <= square.lastColumn) throw tooSmall(view);
  const before = squareMean(frame, view);
  const after = correctedMean(frame, { view, level: before });
  correct(frame, { view, level: before, subtract: after });
  return { amp: view.amp, before, after };
}

function squareMean(frame: Frame, view: AmpView): number {
  let sum = 0;
  for (let row = square.firstRow; row <= square.lastRow; row += 1)
    for (let column = square.firstColumn; column <= square.lastColumn; column += 1)
      sum += frame.sci[view.origin + row * view.rowStep + column * view.columnStep] ?? 0;
  return sum / square.pixels;
}

function lineOf(
  { sci }: Frame,
  { view, row }: { readonly view: AmpView; readonly row: number },
): ReadLine {
  const { columnStep: step, columns: pixels } = view;
  return { sci, first: view.origin + row * view.rowStep, step, pixels };
}

/** The mean of the square as it would be after the correction; the frame is not changed. */
function correctedMean(
  frame: Frame,
  { view, level }: { readonly view: AmpView; readonly level: number },
): number {
  const filter = new BiasFilter(view.amp, level);
  let sum = 0;
  for (let row = 0; row <= square.lastRow; row += 1) {
    const line = lineOf(frame, { view, row });
    if (row < square.firstRow) filter.pass(line);
    else sum = addSquareLine(sum, { line, filter });
    filter.passGap();
  }
  return sum / square.pixels;
}

function addSquareLine(
  before: number,
  { line, filter }: { readonly line: ReadLine; readonly filter: BiasFilter },
): number {
  const { sci, first, step, pixels } = line;
  let sum = before;
  for (let column = 0; column < pixels; column += 1) {
    const corrected = filter.corrected(sci[first + column * step] ?? 0);
    if (column >= square.firstColumn && column <= square.lastColumn) sum += corrected;
  }
  return sum;
}

function correct(
  frame: Frame,
  options: { readonly view: AmpView; readonly level: number; readonly subtract: number },
): void {
  const { view, level, subtract } = options;
  const filter = new BiasFilter(view.amp, level);
  for (let row = 0; row < view.rows; row += 1) {
    filter.correct(lineOf(frame, { view, row }), subtract);
    filter.passGap();
  }
}

function tooSmall(view: AmpView): CaldpError {
  return new CaldpError(
    `The bias shift of amplifier ${view.amp} needs ${square.lastRow + 1} lines of ${square.lastColumn + 1} pixels or more, ` +
      `but the frame has ${view.rows} of ${view.columns}.`,
    {
      code: 'ACS_FRAME_TOO_SMALL',
      advice:
        'Check APERTURE and the OSCNTAB reference of this exposure: only 2K subarrays have the virtual overscan.',
      exit: 'STAGE1_ERROR',
    },
  );
}
