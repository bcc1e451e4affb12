import type { Frame } from '../../frames/frame.ts';
import type { AmpView } from './amp-view.ts';

/** Physical overscan columns of each amplifier. */
export const biasColumns = 24;
/** The overscan columns whose mean stands for the row. */
const firstMeanColumn = 12;
/** Sky columns whose saturation would spoil the overscan beside them. */
export const neighbourColumns = 6;
const neighbourLimit = 50_000;
const clipSigma = 5;
const clipPasses = 4;

/** The mean structure of the overscan columns, row means removed, five-sigma clipped; electrons. */
export function overscanColumnModel(frame: Frame, view: AmpView): Float64Array {
  const rows = usableRows(frame, view);
  const values = Array.from({ length: biasColumns }, () => new Float64Array(rows.length));
  for (const [index, row] of rows.entries()) {
    const start = view.origin + row * view.rowStep;
    let sum = 0;
    for (let c = firstMeanColumn; c < biasColumns; c += 1)
      sum += frame.sci[start + c * view.columnStep] ?? 0;
    const mean = sum / (biasColumns - firstMeanColumn);
    for (const [c, column] of values.entries())
      column[index] = (frame.sci[start + c * view.columnStep] ?? 0) - mean;
  }
  return Float64Array.from(values, clippedMean);
}

/** The largest of the sky pixels next to the overscan. */
export function neighbourMaximum(
  frame: Frame,
  options: { readonly view: AmpView; readonly row: number },
): number {
  const { view, row } = options;
  const start = view.origin + row * view.rowStep;
  let maximum = -Infinity;
  for (let c = biasColumns; c < biasColumns + neighbourColumns; c += 1)
    maximum = Math.max(maximum, frame.sci[start + c * view.columnStep] ?? 0);
  return maximum;
}

function usableRows(frame: Frame, view: AmpView): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < view.rows; row += 1)
    if (neighbourMaximum(frame, { view, row }) < neighbourLimit) rows.push(row);
  return rows;
}

/** Each pass measures the spread about the mean of the pass before. */
function clippedMean(values: Float64Array): number {
  let mean = sumOf(values) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  let sigma = Math.sqrt(squares / (values.length - 1));
  for (let pass = 0; pass < clipPasses; pass += 1) {
    let sum = 0;
    let count = 0;
    squares = 0;
    for (const value of values) {
      const distance = value - mean;
      if (!(Math.abs(distance) <= clipSigma * sigma)) continue;
      sum += value;
      squares += distance * distance;
      count += 1;
    }
    mean = sum / count;
    sigma = Math.sqrt(squares / (count - 1));
  }
  return mean;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
