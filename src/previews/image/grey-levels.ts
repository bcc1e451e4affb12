import { maxFloat32, smallestFloat } from './smallest-float.ts';
import { byteOf, positionInRange, stretchFactor, whiteLevel } from './stretch.ts';
import type { ValueRange } from './value-range.ts';

const scale = Math.fround(255 / whiteLevel[1]);
const cells = 4096;

/** A table from pixel value to grey byte. */
export interface GreyLevels {
  /** The smallest value of each byte from 1 to 255, and Infinity after. */
  readonly thresholds: Float64Array;
  /** Cells of equal width from the first threshold to the last: the byte that a value in there has at least. */
  readonly starts: Uint8Array;
  readonly perUnit: number;
  /** Below this the formula has no value. */
  readonly least: number;
}

/** The byte of a value by the formula: asinh stretch over the range. */
export function exactLevel(value: number, range: ValueRange): number {
  const position = positionInRange(value, range);
  return byteOf(position * stretchFactor(position, Math.max(0, position)), scale);
}

/**
 * Makes a table for a range. The byte never falls as the value rises, so 255 thresholds, found once with some 8,000 evaluations of
 * the formula, take the place of an asinh for every pixel, without changing a byte.
 *
 * @returns undefined where the thresholds are too close together or too far apart to be told apart by arithmetic.
 */
export function greyLevels(range: ValueRange): GreyLevels | undefined {
  const exact = (value: number): number => exactLevel(value, range);
  // Far below the range the position overflows and the stretch has no value: such pixels are white again.
  const least =
    exact(-maxFloat32) === 0
      ? -maxFloat32
      : smallestFloat((value) => exact(value) < 255, { from: -maxFloat32 });
  const thresholds = new Float64Array(257).fill(Infinity);
  for (let byte = 1; byte < 256; byte++) {
    thresholds[byte] = smallestFloat((value) => exact(value) >= byte, { from: least });
  }
  const first = thresholds[1] ?? NaN;
  const perUnit = cells / ((thresholds[255] ?? NaN) - first);
  if (!(perUnit > 0 && perUnit < Infinity)) return undefined;
  return { thresholds, starts: cellStarts(thresholds, { first, perUnit }), perUnit, least };
}

/** Writes the bytes of some pixels; missing ones (NaN) are white. `bytes` may share the memory of the pixels from their first on. */
export function writeLevels(
  pixels: Float32Array,
  options: { readonly bytes: Uint8Array; readonly levels: GreyLevels },
): void {
  const { bytes, levels } = options;
  const { thresholds, starts, perUnit, least } = levels;
  const first = thresholds[1] ?? NaN;
  const top = cells - 1;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    const place = (value - first) * perUnit;
    let byte = 0;
    if (place >= 0) {
      byte = starts[place < top ? place | 0 : top] ?? 255;
      while (value >= (thresholds[byte + 1] ?? Infinity)) byte++;
    } else if (!(value >= least)) byte = 255;
    bytes[index] = byte;
  }
}

/** For each cell the number of thresholds in the cells before it: no pixel of the cell has a lower byte. */
function cellStarts(
  thresholds: Float64Array,
  options: { readonly first: number; readonly perUnit: number },
): Uint8Array {
  const starts = new Uint8Array(cells);
  let byte = 0;
  for (let cell = 0; cell < cells; cell++) {
    const isBefore = (threshold: number): boolean =>
      (((threshold - options.first) * options.perUnit) | 0) < cell;
    while (byte < 255 && isBefore(thresholds[byte + 1] ?? Infinity)) byte++;
    starts[cell] = byte;
  }
  return starts;
}
