import { hduBytes } from '../../../../helpers/fits-bytes.ts';

export type Value = string | number | boolean;

/** A card of a simulated header: keyword, value, comment. A whole number that is to be a float is given as text with a `#`. */
export type SimpleCard = readonly [keyword: string, value: Value, comment?: string];

/** One card of 80 characters. */
export function card([keyword, value, comment]: SimpleCard): string {
  const text = fieldOf(value);
  return `${keyword.padEnd(8)}= ${text}${comment === undefined ? '' : ` / ${comment}`}`
    .slice(0, 80)
    .padEnd(80);
}

function fieldOf(value: Value): string {
  if (typeof value === 'boolean') return (value ? 'T' : 'F').padStart(20);
  if (typeof value === 'number') return floatText(value).padStart(20);
  return value.startsWith('#') ? value.slice(1).padStart(20) : `'${value.padEnd(8)}'`.padEnd(20);
}

function floatText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(12).replace(/0+$/, '');
}

/** A number that is written with a decimal point. */
export function real(value: number): string {
  return `#${Number.isInteger(value) ? value.toFixed(1) : floatText(value)}`;
}

/** A primary HDU without data. */
export function primaryHdu(cards: readonly SimpleCard[]): Buffer {
  const fixed: readonly SimpleCard[] = [
    ['SIMPLE', true],
    ['BITPIX', 8],
    ['NAXIS', 0],
    ['EXTEND', true],
  ];
  return hduBytes([...fixed, ...cards].map(card));
}

/** An image of 16-bit or 32-bit numbers. */
export function imageHdu(options: {
  readonly name: string;
  readonly version: number;
  readonly nx: number;
  readonly pixels: Float32Array | Int16Array | Uint16Array;
  readonly cards: readonly SimpleCard[];
}): Buffer {
  const { name, version, nx, pixels, cards } = options;
  const isUnsigned = pixels instanceof Uint16Array;
  const fixed: readonly SimpleCard[] = [
    ['XTENSION', 'IMAGE'],
    ['BITPIX', pixels instanceof Float32Array ? -32 : 16],
    ['NAXIS', 2],
    ['NAXIS1', nx],
    ['NAXIS2', pixels.length / nx],
    ['PCOUNT', 0],
    ['GCOUNT', 1],
    ...(isUnsigned
      ? ([
          ['BSCALE', 1],
          ['BZERO', 32768],
        ] as const)
      : []),
    ['EXTNAME', name],
    ['EXTVER', version],
  ];
  return hduBytes([...fixed, ...cards].map(card), bigEndian(pixels));
}

/** An array of one value, kept in the header. */
export function constantHdu(options: {
  readonly name: string;
  readonly version: number;
  readonly nx: number;
  readonly ny: number;
  readonly value: number;
  readonly cards: readonly SimpleCard[];
}): Buffer {
  const { name, version, nx, ny, value, cards } = options;
  const fixed: readonly SimpleCard[] = [
    ['XTENSION', 'IMAGE'],
    ['BITPIX', name === 'DQ' ? 16 : -32],
    ['NAXIS', 0],
    ['PCOUNT', 0],
    ['GCOUNT', 1],
    ['EXTNAME', name],
    ['EXTVER', version],
    ['NPIX1', nx, 'length of constant array axis 1'],
    ['NPIX2', ny, 'length of constant array axis 2'],
    ['PIXVALUE', name === 'DQ' ? value : real(value), 'values of pixels in constant array'],
  ];
  return hduBytes([...fixed, ...cards].map(card));
}

function bigEndian(pixels: Float32Array | Int16Array | Uint16Array): Buffer {
  if (pixels instanceof Float32Array) {
    const copy = Buffer.from(pixels.slice().buffer);
    return copy.swap32();
  }
  const stored =
    pixels instanceof Uint16Array
      ? Int16Array.from(pixels, (value) => value - 32768)
      : pixels.slice();
  return Buffer.from(stored.buffer).swap16();
}

/** A column of a simulated table; `format` is `nA`, `I`, `J`, `E`, `D`, `L` or `nD`. */
export interface SimpleColumn {
  readonly name: string;
  readonly format: string;
  readonly values: readonly (Value | readonly number[])[];
}

/** A binary table. */
export function tableHdu(name: string, columns: readonly SimpleColumn[]): Buffer {
  const widths = columns.map(({ format }) => widthOf(format));
  const rows = columns[0]?.values.length ?? 0;
  const rowBytes = widths.reduce((total, width) => total + width, 0);
  const data = Buffer.alloc(rows * rowBytes);
  for (let row = 0; row < rows; row += 1) {
    let offset = row * rowBytes;
    for (const [index, column] of columns.entries()) {
      writeCell(data, { offset, format: column.format, value: column.values[row] ?? 0 });
      offset += widths[index] ?? 0;
    }
  }
  const cards: readonly SimpleCard[] = [
    ['XTENSION', 'BINTABLE'],
    ['BITPIX', 8],
    ['NAXIS', 2],
    ['NAXIS1', rowBytes],
    ['NAXIS2', rows],
    ['PCOUNT', 0],
    ['GCOUNT', 1],
    ['TFIELDS', columns.length],
    ...columns.flatMap(({ name: column, format }, index): readonly SimpleCard[] => [
      [`TTYPE${index + 1}`, column],
      [`TFORM${index + 1}`, format],
    ]),
    ['EXTNAME', name],
    ['EXTVER', 1],
  ];
  return hduBytes(cards.map(card), data);
}

const sizes: Readonly<Record<string, number>> = { A: 1, I: 2, J: 4, E: 4, D: 8, L: 1 };

function widthOf(format: string): number {
  return (Number.parseInt(format, 10) || 1) * (sizes[format.at(-1) ?? 'A'] ?? 1);
}

function writeCell(
  data: Buffer,
  cell: {
    readonly offset: number;
    readonly format: string;
    readonly value: Value | readonly number[];
  },
): void {
  const { offset, format, value } = cell;
  if (typeof value === 'string') {
    data.write(value.padEnd(widthOf(format)), offset, 'latin1');
    return;
  }
  if (typeof value === 'boolean') {
    data.write(value ? 'T' : 'F', offset, 'latin1');
    return;
  }
  const kind = format.at(-1) ?? 'D';
  const size = sizes[kind] ?? 8;
  for (const [index, number] of (typeof value === 'number' ? [value] : value).entries()) {
    const at = offset + index * size;
    if (kind === 'I') data.writeInt16BE(number, at);
    else if (kind === 'J') data.writeInt32BE(number, at);
    else if (kind === 'E') data.writeFloatBE(number, at);
    else data.writeDoubleBE(number, at);
  }
}
