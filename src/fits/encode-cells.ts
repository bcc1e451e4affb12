import { encodePixels } from './encode-pixels.ts';
import type { CellValues } from './decode-cells.ts';
import type { PixelArray } from './pixel-type.ts';
import type { CellCoding } from './table-column.ts';

/**
 * The bytes of cells one after another, the inverse of `decodeCells` for binary tables.
 * @throws TypeError for values of another kind than the coding's; RangeError for a text that is too long or no ASCII.
 */
export function encodeCells(
  values: CellValues,
  { coding }: { readonly coding: CellCoding },
): Buffer {
  switch (coding.kind) {
    case 'number':
      return encodePixels(requirePixels(values), { coding: coding.coding });
    case 'string':
      return Buffer.concat(
        Array.from(values, (value: unknown) => encodeText(value, { length: coding.length })),
      );
    case 'logical':
      return Buffer.from(Array.from(values, encodeLogical));
    case 'bit':
      return encodeBits(requirePixels(values), { perCell: coding.perCell });
    case 'ascii-integer':
    case 'ascii-real':
      throw new TypeError('Expected a column of a binary table; ASCII tables are not written.');
  }
}

function requirePixels(values: CellValues): PixelArray {
  if (ArrayBuffer.isView(values)) return values;
  throw new TypeError('Expected a typed array for a column of numbers or bits.');
}

function encodeLogical(value: unknown): number {
  if (typeof value === 'boolean') return value ? 0x54 : 0x46;
  if (value === null) return 0;
  throw new TypeError(`Expected true, false or null, got ${typeof value}.`);
}

function encodeText(value: unknown, { length }: { readonly length: number }): Buffer {
  if (typeof value !== 'string' || /[^ -~]/.test(value)) {
    throw new TypeError(`Expected printable ASCII text, got ${JSON.stringify(value)}.`);
  }
  if (value.length > length) {
    throw new RangeError(`Expected a text of at most ${length} characters, got \`${value}\`.`);
  }
  const bytes = Buffer.alloc(length);
  bytes.write(value, 'latin1');
  return bytes;
}

function encodeBits(bits: PixelArray, { perCell }: { readonly perCell: number }): Buffer {
  const width = Math.ceil(perCell / 8);
  const bytes = Buffer.alloc(perCell === 0 ? 0 : (bits.length / perCell) * width);
  for (let index = 0; index < bits.length; index += 1) {
    if (Number(bits[index]) === 0) continue;
    const cell = Math.floor(index / perCell);
    const bit = index - cell * perCell;
    const at = cell * width + (bit >> 3);
    bytes[at] = (bytes[at] ?? 0) | (0x80 >> (bit & 7));
  }
  return bytes;
}
