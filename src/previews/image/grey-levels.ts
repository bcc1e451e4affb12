import { maxFloat32, smallestFloat } from './smallest-float.ts';
import { byteOf, positionInRange, stretchFactor, whiteLevel } from './stretch.ts';
import type { ValueRange } from './value-range.ts';

const scale = Math.fround(255 / whiteLevel[1]);
const cells = 4096;

/**
 * Makes the function from pixel value to grey byte: asinh stretch over the range, missing pixels (NaN) white.
 *
 * The byte never falls as the value rises, so 255 thresholds, found once with some 8,000 evaluations of the formula, take the
 * place of an asinh for every pixel, without changing a byte.
 */
export function greyLevels(range: ValueRange): (value: number) => number {
  const exact = (value: number): number => {
    const position = positionInRange(value, range);
    return byteOf(position * stretchFactor(position, Math.max(0, position)), scale);
  };
  // Far below the range the position overflows and the stretch has no value: such pixels are white again.
  const least =
    exact(-maxFloat32) === 0
      ? -maxFloat32
      : smallestFloat((value) => exact(value) < 255, { from: -maxFloat32 });
  const thresholds = new Float64Array(257).fill(Infinity);
  for (let byte = 1; byte < 256; byte++) {
    thresholds[byte] = smallestFloat((value) => exact(value) >= byte, { from: least });
  }
  return lookUp(thresholds, least) ?? exact;
}

/** Undefined where the thresholds are too close together or too far apart to be told apart by arithmetic. */
function lookUp(thresholds: Float64Array, least: number): ((value: number) => number) | undefined {
  const first = thresholds[1] ?? NaN;
  const perUnit = cells / ((thresholds[255] ?? NaN) - first);
  if (!(perUnit > 0 && perUnit < Infinity)) return undefined;
  const starts = cellStarts(thresholds, { first, perUnit });
  return (value) => {
    const place = (value - first) * perUnit;
    if (!(place >= 0)) return value >= least ? 0 : 255;
    let byte = starts[place < cells ? place | 0 : cells - 1] ?? 255;
    while (value >= (thresholds[byte + 1] ?? Infinity)) byte++;
    return byte;
  };
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
