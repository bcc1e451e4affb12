import { decodePixels } from './decode-pixels.ts';
import { FitsError, type FitsPlace } from './fits-error.ts';
import { newPixels, type PixelArray } from './pixel-type.ts';
import type { CellCoding } from './table-column.ts';

/**
 * Values of cells one after another: numbers as typed array (complex ones as pairs), strings without trailing blanks and what
 * follows a NUL, logical values with null for undefined ones, bits as 0 and 1.
 */
export type CellValues = PixelArray | readonly string[] | readonly (boolean | null)[];

/**
 * Decodes the bytes of cells that follow each other without gaps.
 * @param options.place for errors: a number of an ASCII table that cannot be read
 */
export function decodeCells(
  bytes: Buffer,
  options: { readonly coding: CellCoding; readonly cells: number; readonly place: FitsPlace },
): CellValues {
  const { coding, cells, place } = options;
  switch (coding.kind) {
    case 'number': {
      const target = newPixels(coding.coding.scaling.type, cells * coding.perCell);
      decodePixels(target, { coding: coding.coding, read: (into) => bytes.copy(into) });
      return target;
    }
    case 'string':
      return decodeStrings(bytes, { length: coding.length, count: cells * coding.perCell });
    case 'logical':
      return Array.from(bytes, decodeLogical);
    case 'bit':
      return decodeBits(bytes, { perCell: coding.perCell, cells });
    case 'ascii-integer':
      return decodeAsciiIntegers(bytes, { width: coding.width, cells, place });
    case 'ascii-real':
      return decodeAsciiReals(bytes, { coding, cells, place });
  }
}

function decodeLogical(byte: number): boolean | null {
  if (byte === 0x54) return true;
  return byte === 0x46 ? false : null;
}

function decodeStrings(
  bytes: Buffer,
  { length, count }: { readonly length: number; readonly count: number },
): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const text = bytes.toString('latin1', index * length, (index + 1) * length);
    const nul = text.indexOf('\0');
    return (nul < 0 ? text : text.slice(0, nul)).trimEnd();
  });
}

function decodeBits(
  bytes: Buffer,
  { perCell, cells }: { readonly perCell: number; readonly cells: number },
): Uint8Array {
  const width = Math.ceil(perCell / 8);
  const bits = new Uint8Array(perCell * cells);
  for (let index = 0; index < bits.length; index += 1) {
    const cell = Math.floor(index / perCell);
    const bit = index - cell * perCell;
    bits[index] = ((bytes[cell * width + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1;
  }
  return bits;
}

function decodeAsciiIntegers(
  bytes: Buffer,
  {
    width,
    cells,
    place,
  }: { readonly width: number; readonly cells: number; readonly place: FitsPlace },
): BigInt64Array | Int32Array {
  const values = width < 10 ? new Int32Array(cells) : new BigInt64Array(cells);
  for (let index = 0; index < cells; index += 1) {
    const text = bytes.toString('latin1', index * width, (index + 1) * width).trim();
    if (!/^([+-]?\d+)?$/.test(text)) throw notNumber(text, place);
    const value = BigInt(text.replace(/^\+/, ''));
    if (BigInt.asIntN(64, value) !== value) throw notNumber(text, place);
    if (values instanceof Int32Array) values[index] = Number(value);
    else values[index] = value;
  }
  return values;
}

function decodeAsciiReals(
  bytes: Buffer,
  options: {
    readonly coding: Extract<CellCoding, { kind: 'ascii-real' }>;
    readonly cells: number;
    readonly place: FitsPlace;
  },
): Float64Array {
  const { width, decimals, scale, zero, none } = options.coding;
  const values = new Float64Array(options.cells);
  for (let index = 0; index < values.length; index += 1) {
    const text = bytes.toString('latin1', index * width, (index + 1) * width).trim();
    const stored = text === none ? NaN : parseAsciiReal(text, { decimals });
    if (stored === undefined) throw notNumber(text, options.place);
    values[index] = stored * scale + zero;
  }
  return values;
}

/** A blank field is zero, and a number without a decimal point has `decimals` digits after it (FITS 4.0, section 7.2.5). */
function parseAsciiReal(
  text: string,
  { decimals }: { readonly decimals: number },
): number | undefined {
  if (text === '') return 0;
  const match = /^([+-]?)(\d*)(\.?)(\d*)(?:[EDed]?([+-]?\d+))?$/.exec(text);
  const [, sign = '', whole = '', point = '', fraction = '', exponent = '0'] = match ?? [];
  if (match === null || whole + fraction === '') return undefined;
  const implied = point === '' ? decimals : 0;
  return Number(`${sign}${whole || '0'}.${fraction || '0'}e${Number(exponent) - implied}`);
}

function notNumber(text: string, place: FitsPlace): FitsError {
  return new FitsError(`expected a number, found ${JSON.stringify(text)}.`, {
    ...place,
    code: 'BAD_VALUE',
  });
}
