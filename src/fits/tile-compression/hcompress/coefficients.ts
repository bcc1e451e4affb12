/**
 * The H-transform of a tile: sums and differences of ever larger squares, `values[row * columns + column]`. Integers as doubles,
 * because those of 32-bit pixels need more than 32 bits.
 */
export interface Coefficients {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** How often a length must be halved to get 1, rounded up. */
export function halvings(length: number): number {
  return 32 - Math.clz32(Math.max(1, length) - 1);
}
