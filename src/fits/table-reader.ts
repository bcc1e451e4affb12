import { checkPresent } from './check-present.ts';
import { decodeCells, type CellValues } from './decode-cells.ts';
import { FitsError } from './fits-error.ts';
import type { FitsFile } from './fits-file.ts';
import { gatherCells } from './gather-cells.ts';
import type { Hdu } from './hdu.ts';
import type { ReusedMemory } from './reused-memory.ts';
import type { Column } from './table-column.ts';
import { readTableLayout, type TableLayout } from './table-layout.ts';
import { decodeVariableCells } from './variable-cells.ts';

/** The values of a column: `perCell` of them for each row, or, in a column of variable length, one entry of values a row. */
export type ColumnValues = CellValues | readonly CellValues[];

/** Entries of a column of variable length are arrays, values of any other column are not. */
export function isCells(values: ColumnValues): values is readonly CellValues[] {
  const first: unknown = values[0];
  return !ArrayBuffer.isView(values) && (Array.isArray(first) || ArrayBuffer.isView(first));
}

/** Which rows; default all. */
export interface RowRange {
  readonly from?: number;
  readonly count?: number;
}

/** A table whose cells can be read. Holds none itself. */
export interface Table {
  readonly hdu: Hdu;
  readonly columns: readonly Column[];
  readonly rows: number;
  /**
   * The first column of a name, in any case.
   * @throws FitsError `BAD_TABLE` where there is none.
   */
  column(name: string): Column;
  hasColumn(name: string): boolean;
  /** The values of a column, one row after another. Holds these and at most 1 MiB beside. */
  values(name: string, range?: RowRange): ColumnValues;
  /** The same for one row; numbers of variable length are put into memory that is lent, where they stay until it is again. */
  cell(
    name: string,
    options: { readonly row: number; readonly memory: ReusedMemory },
  ): ColumnValues;
  /** The bytes of one cell as they stand in the file; of a column of variable length, its place in the heap. */
  cellBytes(name: string, options: { readonly row: number }): Buffer;
}

/**
 * Opens the table of an HDU, ASCII or binary.
 * @throws FitsError as `readTableLayout`.
 */
export function openTable(file: FitsFile, hdu: Hdu): Table {
  const layout = readTableLayout(hdu);
  const hasColumn = (name: string): boolean => findColumn(layout, name) !== undefined;
  const column = (name: string): Column => requireColumn(layout, { name, hdu });
  const values: Table['values'] = (name, range = {}) =>
    readValues(file, { hdu, layout, column: column(name), range });
  const cell: Table['cell'] = (name, { row, memory }) =>
    readValues(file, {
      hdu,
      layout,
      column: column(name),
      range: { from: row, count: 1 },
      memory,
    });
  const cellBytes: Table['cellBytes'] = (name, { row }) =>
    readStored(file, { hdu, layout, column: column(name), range: { from: row, count: 1 } });
  const { columns, rows } = layout;
  return { hdu, columns, rows, column, hasColumn, values, cell, cellBytes };
}

interface ColumnPart {
  readonly hdu: Hdu;
  readonly layout: TableLayout;
  readonly column: Column;
  readonly range: RowRange;
  readonly memory?: ReusedMemory;
}

function readValues(file: FitsFile, part: ColumnPart): ColumnValues {
  const { hdu, layout, column } = part;
  const bytes = readStored(file, part);
  if (column.coding.kind === 'variable') {
    const heap = { source: file.source, hdu, layout };
    return decodeVariableCells(bytes, { coding: column.coding, heap, memory: part.memory });
  }
  const { from = 0, count = layout.rows - from } = part.range;
  const place = { ...hdu.header.place, offset: hdu.dataOffset + from * layout.rowBytes };
  return decodeCells(bytes, { coding: column.coding, cells: count, place });
}

function readStored(file: FitsFile, { hdu, layout, column, range }: ColumnPart): Buffer {
  const { from = 0, count = layout.rows - from } = range;
  if (!Number.isSafeInteger(from + count) || from < 0 || count < 0 || from + count > layout.rows) {
    throw new RangeError(`Expected rows within ${layout.rows}, got ${from} and ${count} more.`);
  }
  checkPresent(hdu, { bytes: (from + count) * layout.rowBytes });
  const position = hdu.dataOffset + from * layout.rowBytes + column.offset;
  const { rowBytes } = layout;
  return gatherCells(file.source, { position, width: column.width, rowBytes, cells: count });
}

function findColumn({ columns }: TableLayout, name: string): Column | undefined {
  const wanted = name.trim().toLowerCase();
  return columns.find((column) => column.name.trim().toLowerCase() === wanted);
}

function requireColumn(
  layout: TableLayout,
  { name, hdu }: { readonly name: string; readonly hdu: Hdu },
): Column {
  const column = findColumn(layout, name);
  if (column !== undefined) return column;
  const names = layout.columns.map((one) => one.name).join(', ');
  throw new FitsError(`expected a column \`${name}\`, found ${names || 'none'}.`, {
    ...hdu.header.place,
    code: 'BAD_TABLE',
  });
}
