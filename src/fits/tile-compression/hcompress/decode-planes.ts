import type { ReusedMemory } from '../../reused-memory.ts';
import type { BitReader } from '../bit-reader.ts';
import { halvings } from './coefficients.ts';
import { readSquareBits } from './square-bits.ts';

/** A rectangle within rows of `stride` values. */
export interface Rectangle {
  readonly values: Float64Array;
  readonly from: number;
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;
}

const asQuadtree = 0xf;
const asBits = 0;

/**
 * Decodes the bit planes of a quadrant, highest first, and adds them to its values. The bits of four neighbours are one number; where
 * a plane is stored as a quadtree, so are those of the squares that have any bit, for ever larger squares.
 *
 * @returns false where the bits make no sense.
 */
export function decodePlanes(
  target: Rectangle,
  options: {
    readonly reader: BitReader;
    readonly planes: number;
    readonly scratch: ReusedMemory;
  },
): boolean {
  const { rows, columns } = target;
  const { reader, planes, scratch } = options;
  const count = Math.ceil(rows / 2) * Math.ceil(columns / 2);
  const squares = new Uint8Array(scratch(count), 0, count);
  for (let plane = planes - 1; plane >= 0; plane--) {
    switch (reader.bits(4)) {
      case asBits:
        for (let index = 0; index < squares.length; index++) squares[index] = reader.bits(4);
        break;
      case asQuadtree:
        readQuadtree(squares, { reader, rows, columns });
        break;
      default:
        return false;
    }
    if (reader.isSpent()) return false;
    addBits(target, { squares, unit: 2 ** plane });
  }
  return true;
}

function readQuadtree(
  squares: Uint8Array,
  options: { readonly reader: BitReader; readonly rows: number; readonly columns: number },
): void {
  const { reader, rows, columns } = options;
  const levels = halvings(Math.max(rows, columns));
  squares[0] = readSquareBits(reader);
  for (let level = levels - 1; level > 0; level--) {
    expand(squares, {
      reader,
      rows: Math.ceil(rows / 2 ** level),
      columns: Math.ceil(columns / 2 ** level),
    });
  }
}

/** Makes of the bits of squares the bits of the squares within, for each that has one; in place, from the end. */
function expand(
  squares: Uint8Array,
  options: { readonly reader: BitReader; readonly rows: number; readonly columns: number },
): void {
  const { reader, rows, columns } = options;
  const parents = Math.ceil(columns / 2);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const parent = squares[(row >> 1) * parents + (column >> 1)] ?? 0;
      const has = (parent >> bitAt(row, column)) & 1;
      squares[row * columns + column] = has === 1 ? readSquareBits(reader) : 0;
    }
  }
}

/** Which bit of the number of its square a place has: the upper left one has the highest. */
function bitAt(row: number, column: number): number {
  return 3 - 2 * (row & 1) - (column & 1);
}

function addBits(
  target: Rectangle,
  options: { readonly squares: Uint8Array; readonly unit: number },
): void {
  const { values, from, stride, rows, columns } = target;
  const { squares, unit } = options;
  const across = Math.ceil(columns / 2);
  for (let row = 0; row < rows; row++) {
    const start = from + row * stride;
    const above = (row >> 1) * across;
    for (let column = 0; column < columns; column++) {
      const square = squares[above + (column >> 1)] ?? 0;
      if (((square >> bitAt(row, column)) & 1) === 1) {
        values[start + column] = (values[start + column] ?? 0) + unit;
      }
    }
  }
}
