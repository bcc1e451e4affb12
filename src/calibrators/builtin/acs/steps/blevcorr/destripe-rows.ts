import type { Frame } from '../../frames/frame.ts';
import type { AmpView } from './amp-view.ts';
import { biasColumns, neighbourMaximum } from './destripe-columns.ts';

const virtualRows = 20;
const neighbourLimit = 70_000;
const brightRowLimit = 100;

/** A frame as one amplifier read it, less the column model of its overscan. */
export interface ModelledAmp {
  readonly frame: Frame;
  readonly view: AmpView;
  /** Subtracted from the overscan columns. */
  readonly columnModel: Float64Array;
}

/** The overscan of an amplifier less its column model: 24 numbers a row. */
export function modelledOverscan(amp: ModelledAmp): Float64Array {
  const { frame, view, columnModel } = amp;
  const overscan = new Float64Array(view.rows * biasColumns);
  for (let row = 0; row < view.rows; row += 1) {
    const start = view.origin + row * view.rowStep;
    for (let c = 0; c < biasColumns; c += 1)
      overscan[row * biasColumns + c] =
        (frame.sci[start + c * view.columnStep] ?? 0) - (columnModel[c] ?? 0);
  }
  return overscan;
}

/**
 * Which rows tell the stripe: 1 for rows whose sky is neither much brighter nor much darker than the average of the amplifier and
 * that have no saturated pixel next to the overscan. The first row never does. calacs compares whole electrons; so do we.
 */
export function goodRows(amp: ModelledAmp, overscan: Float64Array): Uint8Array {
  const { frame, view } = amp;
  const usedRows = view.rows - virtualRows;
  let biasSum = 0;
  for (let k = 0; k < usedRows * biasColumns; k += 1) biasSum += overscan[k] ?? 0;
  const biasMean = biasSum / (usedRows * biasColumns);
  let skySum = 0;
  for (let row = 0; row < usedRows; row += 1)
    skySum = addSky(amp, { row, level: biasMean, sum: skySum });
  const skyMean = skySum / ((view.columns - biasColumns) * usedRows);
  const good = new Uint8Array(view.rows);
  for (let row = 1; row < view.rows; row += 1) {
    const level = pairLevel(overscan, row);
    const mean = addSky(amp, { row, level, sum: 0 }) / (view.columns - biasColumns);
    const isOrdinary = Math.abs(Math.trunc(mean - skyMean)) <= brightRowLimit;
    good[row] = isOrdinary && neighbourMaximum(frame, { view, row }) <= neighbourLimit ? 1 : 0;
  }
  return good;
}

/** Mean overscan of a row and the one before. */
function pairLevel(overscan: Float64Array, row: number): number {
  let sum = 0;
  for (let k = row * biasColumns; k < (row + 1) * biasColumns; k += 1)
    sum += (overscan[k] ?? 0) + (overscan[k - biasColumns] ?? 0);
  return sum / (2 * biasColumns);
}

/** Adds the sky of a row above a level, pixel by pixel from left to right. */
function addSky(
  amp: ModelledAmp,
  options: { readonly row: number; readonly level: number; readonly sum: number },
): number {
  const { sci } = amp.frame;
  const { view } = amp;
  const { level } = options;
  let { sum } = options;
  let k = view.origin + options.row * view.rowStep + biasColumns * view.columnStep;
  for (let c = biasColumns; c < view.columns; c += 1) {
    sum += (sci[k] ?? 0) - level;
    k += view.columnStep;
  }
  return sum;
}
