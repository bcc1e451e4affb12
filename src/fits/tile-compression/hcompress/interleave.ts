import type { Coefficients } from './coefficients.ts';

/**
 * Brings what belongs to one square together, from the four quadrants of the upper left part of a transform: its sum, the differences along
 * columns and rows, and the difference of these.
 *
 * @param options.scratch - memory for the result.
 */
export function interleave(
  transform: Coefficients,
  options: { readonly rows: number; readonly columns: number; readonly scratch: Float64Array },
): Coefficients {
  const { rows, columns, scratch } = options;
  const values = scratch.subarray(0, rows * columns);
  const sumRows = Math.ceil(rows / 2);
  const sumColumns = Math.ceil(columns / 2);
  for (let row = 0; row < rows; row++) {
    const from = sourceOf(row, sumRows) * transform.columns;
    const to = row * columns;
    for (let column = 0; column < columns; column++) {
      values[to + column] = transform.values[from + sourceOf(column, sumColumns)] ?? 0;
    }
  }
  return { rows, columns, values };
}

/** Where the sums of even places and the differences of odd ones are stored. */
function sourceOf(place: number, sums: number): number {
  return (place >> 1) + ((place & 1) === 1 ? sums : 0);
}
