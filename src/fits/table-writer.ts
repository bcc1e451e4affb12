import { readBinaryColumns } from './binary-columns.ts';
import { encodeCells } from './encode-cells.ts';
import { encodeVariable, type EncodedVariable } from './encode-variable.ts';
import type { FitsWriter } from './fits-writer.ts';
import { formatCard } from './format-card.ts';
import { Header } from './header.ts';
import { setKeyword } from './header-edit.ts';
import type { NewColumn } from './new-column.ts';
import { storedZero } from './stored-zero.ts';
import { isPixels, pixelTypeOf } from './pixel-type.ts';
import type { Column } from './table-column.ts';
import { isCells, type ColumnValues } from './table-reader.ts';

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
    const encoded = encodeColumn(table.columns[index]?.values ?? [], { column, heapBytes });
    heap.push(...encoded.heap);
    heapBytes = encoded.heapEnd;
    placeCells(rows, { cells: encoded.descriptors, column, rowBytes, count: table.rows });
  });
  setKeyword(header, 'NAXIS1', { value: rowBytes });
  setKeyword(header, 'PCOUNT', { value: heapBytes });
  const data = writer.addHdu(header);
  data.writeBytes(rows);
  for (const piece of heap) data.writeBytes(piece);
}

function encodeColumn(
  values: ColumnValues,
  { column, heapBytes }: { readonly column: Column; readonly heapBytes: number },
): EncodedVariable {
  const { coding } = column;
  if (coding.kind === 'variable') {
    const cells = isCells(values) ? values : [];
    if (cells.length === values.length)
      return encodeVariable(cells, { coding, heapStart: heapBytes });
    throw new TypeError(`Expected one entry a row for \`${column.name}\`.`);
  }
  if (isCells(values)) throw new TypeError(`Expected plain values for \`${column.name}\`.`);
  return { descriptors: encodeCells(values, { coding }), heap: [], heapEnd: heapBytes };
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
