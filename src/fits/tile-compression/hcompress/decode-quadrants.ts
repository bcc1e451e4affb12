import type { ReusedMemory } from '../../reused-memory.ts';
import type { BitReader } from '../bit-reader.ts';
import type { Coefficients } from './coefficients.ts';
import { decodePlanes } from './decode-planes.ts';

/**
 * Decodes all coefficients: those of each quadrant bit plane by bit plane, then a sign for each that is not zero.
 *
 * @param options.planes - how many bit planes the first quadrant has, the two beside it, and the last one.
 * @returns false where the bits make no sense.
 */
export function decodeQuadrants(
  target: Coefficients,
  options: {
    readonly reader: BitReader;
    readonly planes: readonly [first: number, beside: number, last: number];
    readonly scratch: ReusedMemory;
  },
): boolean {
  const { rows, columns, values } = target;
  const { reader, planes, scratch } = options;
  const [top, left] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const quadrants = [
    { from: 0, rows: top, columns: left, planes: planes[0] },
    { from: left, rows: top, columns: columns - left, planes: planes[1] },
    { from: columns * top, rows: rows - top, columns: left, planes: planes[1] },
    { from: columns * top + left, rows: rows - top, columns: columns - left, planes: planes[2] },
  ];
  const decoded = quadrants.every((quadrant) =>
    decodePlanes(
      { ...quadrant, stride: columns, values },
      { reader, planes: quadrant.planes, scratch },
    ),
  );
  if (!decoded || reader.bits(4) !== 0) return false;
  reader.toByte();
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value !== 0 && reader.bits(1) === 1) values[index] = -value;
  }
  return true;
}
