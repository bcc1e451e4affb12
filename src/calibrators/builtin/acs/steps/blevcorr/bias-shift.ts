import { CaldpError } from '../../../../../errors/caldp-error.ts';
import type { Frame } from '../../frames/frame.ts';
import type { AmpName } from '../quadrants.ts';
import type { AmpView } from './amp-view.ts';

/** Serial pixel frequency, kHz. */
const serialFrequency = 1000 / 22;
/** Pixels that pass during a parallel shift of 3.212 ms. */
const gapPixels = Math.trunc(serialFrequency * 3.212 + 0.5);
/** Time constant of the high-pass filter of each pre-amplifier, microseconds. */
const timeConstant: Readonly<Record<AmpName, number>> = {
  A: 37.290251,
  B: 36.180001,
  C: 37.86777,
  D: 42.461249,
};
/** Ratio of the shift of the bias level to the signal. */
const shiftRatio = 0.3;
/** Sensitivity of the dual-slope integrator. */
const sensitivity: Readonly<Record<AmpName, number>> = {
  A: 2.9188919e-3,
  B: 10.805754e-3,
  C: 12.432145e-3,
  D: 3.8596253e-3,
};
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
  const after = filter(frame, { view, level: before });
  filter(frame, { view, level: before, subtract: after });
  return { amp: view.amp, before, after };
}

function squareMean(frame: Frame, view: AmpView): number {
  let sum = 0;
  for (let row = square.firstRow; row <= square.lastRow; row += 1)
    for (let column = square.firstColumn; column <= square.lastColumn; column += 1)
      sum += frame.sci[view.origin + row * view.rowStep + column * view.columnStep] ?? 0;
  return sum / square.pixels;
}

/** Runs the filter; stores the result minus `subtract` where that is given. Returns the mean of the result in the square. */
function filter(
  frame: Frame,
  options: { readonly view: AmpView; readonly level: number; readonly subtract?: number },
): number {
  const { view, level, subtract } = options;
  const { sci } = frame;
  const gain = 1 - Math.exp(-1 / (timeConstant[view.amp] * serialFrequency));
  const keep = 1 - gain;
  const sense = sensitivity[view.amp];
  const delta = 10 / 22;
  const gapShift = level * gain * shiftRatio;
  const { rows, columns, rowStep, columnStep } = view;
  let shift = level * shiftRatio;
  let sum = 0;
  for (let row = 0; row < rows; row += 1) {
    let k = view.origin + row * rowStep;
    const isSquareRow = row >= square.firstRow && row <= square.lastRow;
    for (let column = 0; column < columns; column += 1) {
      const value = sci[k] ?? 0;
      const next = value * gain * shiftRatio + keep * shift;
      const corrected = value - sense * next - delta * (next - shift);
      shift = next;
      if (isSquareRow && column >= square.firstColumn && column <= square.lastColumn)
        sum += corrected;
      if (subtract !== undefined) sci[k] = corrected - subtract;
      k += columnStep;
    }
    for (let gap = 0; gap < gapPixels; gap += 1) shift = gapShift + keep * shift;
  }
  return sum / square.pixels;
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
