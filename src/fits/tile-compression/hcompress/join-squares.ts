import type { Coefficients } from './coefficients.ts';

/**
 * Computes the four values of each square from its sum and differences. Squares at the edge may lack a row or a column, which is as if its
 * differences were zero. The lowest bits of a sum and its differences are the same and were not stored.
 *
 * @param squares - of `interleave`.
 * @param options.into - whose upper left part gets the values.
 * @param options.unit - the lowest bit of the coefficients of this level; 1 for the last one, whose values are those of the image.
 */
export function joinSquares(
  squares: Coefficients,
  options: { readonly into: Coefficients; readonly unit: number },
): void {
  const { rows, columns, values } = squares;
  const { into, unit } = options;
  const share = unit === 1 ? 1 / 4 : 1 / 2;
  for (let row = 0; row < rows; row += 2) {
    const hasBelow = row + 1 < rows;
    for (let column = 0; column < columns; column += 2) {
      const hasRight = column + 1 < columns;
      const here = row * columns + column;
      const stored = {
        sum: values[here] ?? 0,
        down: hasBelow ? (values[here + columns] ?? 0) : 0,
        right: hasRight ? (values[here + 1] ?? 0) : 0,
        both: hasBelow && hasRight ? (values[here + columns + 1] ?? 0) : 0,
      };
      const { sum, down, right, both } = restore(stored, { unit });
      const target = row * into.columns + column;
      into.values[target] = Math.floor((sum - down - right + both) * share);
      if (hasRight) into.values[target + 1] = Math.floor((sum - down + right - both) * share);
      if (!hasBelow) continue;
      const below = target + into.columns;
      into.values[below] = Math.floor((sum + down - right - both) * share);
      if (hasRight) into.values[below + 1] = Math.floor((sum + down + right + both) * share);
    }
  }
}

/** The sum of a square, its differences downwards and to the right, and the difference of the differences. */
interface Square {
  readonly sum: number;
  readonly down: number;
  readonly right: number;
  readonly both: number;
}

/** Rounds the differences to multiples of what they are known by, and gives them and the sum their lowest bits back. */
function restore(stored: Square, options: { readonly unit: number }): Square {
  const { sum, down, right, both } = stored;
  const { unit } = options;
  const corner = roundTo(both, unit);
  const cornerBit = isOdd(corner / unit) ? unit : 0;
  const lower = towardsZero(roundTo(down, 2 * unit), cornerBit);
  const side = towardsZero(roundTo(right, 2 * unit), cornerBit);
  const halves =
    Math.floor(corner / (2 * unit)) +
    Math.floor(lower / (2 * unit)) +
    Math.floor(side / (2 * unit));
  const bit = isOdd(halves) ? 2 * unit : 0;
  const change = sum >= 0 || cornerBit > 0 ? cornerBit - bit : bit;
  return { sum: sum + change, down: lower, right: side, both: corner };
}

/** Rounds to the nearest multiple of a power of two; halves away from zero. */
export function roundTo(value: number, unit: number): number {
  if (unit === 1) return value;
  const half = unit / 2;
  return Math.floor((value + (value >= 0 ? half : half - 1)) / unit) * unit;
}

function towardsZero(value: number, by: number): number {
  return value >= 0 ? value - by : value + by;
}

/** The lowest bit of an integer survives the reduction to 32 bits. */
function isOdd(value: number): boolean {
  return (value & 1) === 1;
}
