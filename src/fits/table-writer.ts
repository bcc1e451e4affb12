import { readBinaryColumns } from './binary-columns.ts';
import { encodeCells } from './encode-cells.ts';
import type { CellValues } from './decode-cells.ts';
import type { FitsWriter } from './fits-writer.ts';
import { formatCard } from './format-card.ts';
import { Header } from './header.ts';
import { setKeyword } from './header-edit.ts';
import type { NewColumn } from './new-column.ts';
import { storedZero } from './stored-zero.ts';
import { pixelTypeOf, type PixelArray } from './pixel-type.ts';
import type { Column, VariableCoding } from './table-column.ts';

/** A new binary table, its columns in memory. */
export interface NewTable {
  readonly columns: readonly NewColumn[];
  readonly rows: number;
  /** EXTNAME and EXTVER. */
  readonly name?: string;
  readonly version?: number;
  /** Cards to follow, each of 80 characters. */
  readonly cards?: readonly string[];
}

/**
 * Adds a binary table. Holds its bytes once more while it writes.
 * @throws TypeError or RangeError for values that do not suit their column; FitsError for a format outside the standard.
 */
export function writeTable(writer: FitsWriter, table: NewTable): void {
  const header = describeTable(table);
  const codings = readBinaryColumns(header, { rowBytes: Number.MAX_SAFE_INTEGER });
  const rowBytes = codings.reduce((sum, column) => sum + column.width, 0);
  const rows = Buffer.alloc(rowBytes * table.rows);
  const heap: Buffer[] = [];
  let heapBytes = 0;
  codings.forEach((column, index) => {
    const values = table.columns[index]?.values ?? [];
    const cells =
      column.coding.kind === 'variable'
        ? encodeVariable(values as readonly CellValues[], {
            coding: column.coding,
            heapBytes,
            heap,
          })
        : encodeCells(values as CellValues, { coding: column.coding });
    heapBytes = heap.reduce((sum, piece) => sum + piece.length, 0);
    placeCells(rows, { cells, column, rowBytes, count: table.rows });
  });
  setKeyword(header, 'NAXIS1', { value: rowBytes });
  setKeyword(header, 'PCOUNT', { value: heapBytes });
  const data = writer.addHdu(header);
  data.writeBytes(rows);
  for (const piece of heap) data.writeBytes(piece);
}

function describeTable(table: NewTable): Header {
  const { columns, name, version, cards = [] } = table;
  return new Header(
    [
      ...formatCard('XTENSION', { value: 'BINTABLE', comment: 'binary table extension' }),
      ...formatCard('BITPIX', { value: 8, comment: 'array data type' }),
      ...formatCard('NAXIS', { value: 2, comment: 'number of array dimensions' }),
      ...formatCard('NAXIS1', { value: 0, comment: 'bytes of a row' }),
      ...formatCard('NAXIS2', { value: table.rows, comment: 'number of rows' }),
      ...formatCard('PCOUNT', { value: 0, comment: 'bytes of the heap' }),
      ...formatCard('GCOUNT', { value: 1, comment: 'number of groups' }),
      ...formatCard('TFIELDS', { value: columns.length, comment: 'number of columns' }),
      ...columns.flatMap(columnCards),
      ...(name === undefined ? [] : formatCard('EXTNAME', { value: name })),
      ...(version === undefined ? [] : formatCard('EXTVER', { value: version })),
      ...cards,
    ],
    { file: 'a new table' },
  );
}

function columnCards(column: NewColumn, index: number): readonly string[] {
  const { name, format, unit, values } = column;
  const first = ArrayBuffer.isView(values) ? values : values[0];
  const zero = isPixels(first) ? storedZero(pixelTypeOf(first)) : undefined;
  return [
    ...formatCard(`TTYPE${index + 1}`, { value: name }),
    ...formatCard(`TFORM${index + 1}`, { value: format }),
    ...(unit === undefined ? [] : formatCard(`TUNIT${index + 1}`, { value: unit })),
    ...(zero === undefined ? [] : formatCard(`TZERO${index + 1}`, { value: zero })),
  ];
}

function isPixels(values: unknown): values is PixelArray {
  return ArrayBuffer.isView(values);
}

function placeCells(
  rows: Buffer,
  options: {
    readonly cells: Buffer;
    readonly column: Column;
    readonly rowBytes: number;
    readonly count: number;
  },
): void {
  const { cells, column, rowBytes, count } = options;
  const { width, offset, name } = column;
  if (cells.length !== width * count) {
    throw new RangeError(
      `Expected ${width * count} bytes of values for ${count} rows of \`${name}\`, got ${cells.length}.`,
    );
  }
  for (let row = 0; row < count; row += 1) {
    cells.copy(rows, row * rowBytes + offset, row * width, (row + 1) * width);
  }
}

function encodeVariable(
  values: readonly CellValues[],
  options: { readonly coding: VariableCoding; readonly heapBytes: number; readonly heap: Buffer[] },
): Buffer {
  const { coding, heap } = options;
  let offset = options.heapBytes;
  const descriptors = values.map((cell) => {
    const { element } = coding;
    const text =
      element.kind === 'string' ? { ...element, length: String(cell[0] ?? '').length } : element;
    const bits = text.kind === 'bit' ? { ...text, perCell: cell.length } : text;
    const bytes = encodeCells(cell, { coding: bits });
    const perValue = element.kind === 'number' ? element.perCell : 1;
    const length = element.kind === 'string' ? bytes.length : cell.length / perValue;
    heap.push(bytes);
    const descriptor = encodeDescriptor({ length, offset, wide: coding.wide });
    offset += bytes.length;
    return descriptor;
  });
  return Buffer.concat(descriptors);
}

function encodeDescriptor(options: {
  readonly length: number;
  readonly offset: number;
  readonly wide: boolean;
}): Buffer {
  const { length, offset, wide } = options;
  const bytes = Buffer.alloc(wide ? 16 : 8);
  if (wide) {
    bytes.writeBigInt64BE(BigInt(length), 0);
    bytes.writeBigInt64BE(BigInt(offset), 8);
  } else {
    bytes.writeInt32BE(length, 0);
    bytes.writeInt32BE(offset, 4);
  }
  return bytes;
}
