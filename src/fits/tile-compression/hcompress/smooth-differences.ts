import type { Coefficients } from './coefficients.ts';

/**
 * Moves the differences within squares, which were rounded, towards what the sums of the neighbouring squares suggest, by no more than the
 * rounding can have changed them and without making new extremes. Squares at the edge stay.
 *
 * @param squares - of `interleave`; changed in place.
 */
export function smoothDifferences(
  squares: Coefficients,
  options: { readonly limit: number },
): void {
  const { rows, columns } = squares;
  const { limit } = options;
  const [down, right] = [columns, 1];
  for (let row = 2; row < rows - 2; row += 2) {
    for (let column = 0; column < columns; column += 2) {
      smoothSlope(squares.values, { at: row * columns + column, step: down, limit });
    }
  }
  for (let row = 0; row < rows; row += 2) {
    for (let column = 2; column < columns - 2; column += 2) {
      smoothSlope(squares.values, { at: row * columns + column, step: right, limit });
    }
  }
  for (let row = 2; row < rows - 2; row += 2) {
    for (let column = 2; column < columns - 2; column += 2) {
      smoothCurvature(squares.values, { at: row * columns + column, down, limit });
    }
  }
}

/** The slope between the sums of two neighbours is eight times the difference within the square. */
function smoothSlope(
  values: Float64Array,
  options: { readonly at: number; readonly step: number; readonly limit: number },
): void {
  const { at, step, limit } = options;
  const before = values[at - 2 * step] ?? 0;
  const here = values[at] ?? 0;
  const after = values[at + 2 * step] ?? 0;
  const most = 4 * Math.max(0, Math.min(after - here, here - before));
  const least = 4 * Math.min(0, Math.max(after - here, here - before));
  if (least >= most) return;
  const difference = values[at + step] ?? 0;
  const wanted = clamp(after - before, least, most);
  values[at + step] = difference + clamp(Math.trunc((wanted - 8 * difference) / 8), -limit, limit);
}

/** The same for the difference of differences, 64 times of which the sums of the four diagonal neighbours tell. */
function smoothCurvature(
  values: Float64Array,
  options: { readonly at: number; readonly down: number; readonly limit: number },
): void {
  const { at, down, limit } = options;
  const sum = values[at] ?? 0;
  const rise = (place: number): number => (values[place] ?? 0) - sum;
  const upperLeft = rise(at - 2 * down - 2);
  const lowerLeft = rise(at + 2 * down - 2);
  const upperRight = rise(at - 2 * down + 2);
  const lowerRight = rise(at + 2 * down + 2);
  const slopeDown = 2 * (values[at + down] ?? 0);
  const slopeRight = 2 * (values[at + 1] ?? 0);
  const most =
    16 *
    Math.min(
      Math.max(lowerRight, 0) - slopeDown - slopeRight,
      Math.max(-lowerLeft, 0) + slopeDown - slopeRight,
      Math.max(-upperRight, 0) - slopeDown + slopeRight,
      Math.max(upperLeft, 0) + slopeDown + slopeRight,
    );
  const least =
    16 *
    Math.max(
      Math.min(lowerRight, 0) - slopeDown - slopeRight,
      Math.min(-lowerLeft, 0) + slopeDown - slopeRight,
      Math.min(-upperRight, 0) - slopeDown + slopeRight,
      Math.min(upperLeft, 0) + slopeDown + slopeRight,
    );
  if (least >= most) return;
  const place = at + down + 1;
  const difference = values[place] ?? 0;
  const wanted = clamp(lowerRight + upperLeft - upperRight - lowerLeft, least, most);
  values[place] = difference + clamp(Math.trunc((wanted - 64 * difference) / 64), -limit, limit);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(Math.min(value, most), least);
}
