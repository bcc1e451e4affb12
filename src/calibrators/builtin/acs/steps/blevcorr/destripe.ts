import type { Frame } from '../../frames/frame.ts';
import type { AmpName } from '../quadrants.ts';
import type { AmpView } from './amp-view.ts';
import { biasColumns, overscanColumnModel } from './destripe-columns.ts';
import { goodRows, modelledOverscan } from './destripe-rows.ts';
import { overscanLevel } from './overscan-level.ts';
import { type AmpStripes, ampStripes } from './stripes.ts';

/** Pixels that pass while the read-out shifts a line. */
const gapPixels = 146;
/** The column, among the 24 of the overscan, whose time the row mean stands for. */
const middleColumn = 11.5;

/** What was measured on one amplifier before the stripes can be subtracted. */
export interface AmpDestripe {
  readonly amp: AmpName;
  /** Structure of the overscan columns, electrons. */
  readonly columnModel: Float64Array;
  /** Bias level that is left after the bias shift, electrons. */
  readonly level: number;
  readonly stripes: AmpStripes;
}

/**
 * BLEVCORR of the WFC after May 2009, third part, measurement: bias level and stripes of one amplifier, from its overscan.
 *
 * In: electrons. No reference. Source: ACS ISR 2011-05 (Grogin et al.), "Post-SM4 WFC bias striping".
 * Double precision throughout; the frame is not changed.
 */
export function measureAmp(frame: Frame, view: AmpView): AmpDestripe {
  const columnModel = overscanColumnModel(frame, view);
  const amp = { frame, view, columnModel };
  const overscan = modelledOverscan(amp);
  const good = goodRows(amp, overscan);
  const level = overscanLevel(overscan, good);
  return { amp: view.amp, columnModel, level, stripes: ampStripes(overscan, { level, good }) };
}

/**
 * BLEVCORR of the WFC after May 2009, third part: subtracts column model, bias level and stripes of one amplifier.
 * The stripe of a pixel is interpolated between rows by the time at which the pixel was read.
 *
 * @param options - `stripes`: electrons for each row, of all four amplifiers together.
 */
export function removeStripes(
  frame: Frame,
  options: {
    readonly view: AmpView;
    readonly measured: AmpDestripe;
    readonly stripes: Float64Array;
  },
): void {
  const { view, stripes } = options;
  const { columnModel, level } = options.measured;
  const { sci } = frame;
  const lastRow = view.rows - 2;
  const period = view.columns + gapPixels;
  const delay = Float64Array.from({ length: view.columns }, (_, c) => (c - middleColumn) / period);
  for (let row = 0; row < view.rows; row += 1) {
    let k = view.origin + row * view.rowStep;
    for (let c = 0; c < view.columns; c += 1) {
      const time = row + (delay[c] ?? 0);
      const lower = Math.min(Math.max(Math.floor(time), 0), lastRow);
      const before = stripes[lower] ?? 0;
      const stripe = before + (time - lower) * ((stripes[lower + 1] ?? 0) - before);
      const value = c < biasColumns ? (sci[k] ?? 0) - (columnModel[c] ?? 0) : (sci[k] ?? 0);
      sci[k] = value - level - stripe;
      k += view.columnStep;
    }
  }
}
