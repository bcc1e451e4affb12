import type { CellValues } from './decode-cells.ts';
import type { Column } from './table-column.ts';
import { isCells, type ColumnValues, type RowRange, type Table } from './table-reader.ts';

/** One cell: a value, null where it means none, or all values of a cell that has several (or none). */
export type CellValue = string | number | bigint | boolean | null | CellValues;

/** One row: values by column name, in the columns' own case. */
export type Row = Readonly<Record<string, CellValue>>;

/** Most bytes of rows decoded at a time. */
const chunkBytes = 1 << 20;

/**
 * Reads rows one after another, of all columns or those named. Decodes about 1 MiB of rows at a time and keeps nothing.
 *
 * @example
 * for (const row of tableRows(openTable(file, hdu), { columns: ['MEMNAME', 'MEMTYPE'] })) {
 *   console.log(row['MEMNAME'], row['MEMTYPE']); // J8BT05NJQ EXP-CRJ
 * }
 */
export function* tableRows(
  table: Table,
  options: RowRange & { readonly columns?: readonly string[] } = {},
): Generator<Row> {
  const columns = options.columns?.map((name) => table.column(name)) ?? table.columns;
  const { from = 0, count = table.rows - from } = options;
  const rowBytes = table.hdu.shape.axes[0] ?? 1;
  const perChunk = Math.max(1, Math.floor(chunkBytes / Math.max(1, rowBytes)));
  for (let first = from; first < from + count; first += perChunk) {
    const range = { from: first, count: Math.min(perChunk, from + count - first) };
    const decoded = columns.map((column) => ({ column, values: table.values(column.name, range) }));
    for (let row = 0; row < range.count; row += 1) {
      yield Object.fromEntries(
        decoded.map(({ column, values }) => [column.name, cellAt(values, { column, row })]),
      );
    }
  }
}

/**
 * A numeric column as Float64Array, whatever type it is stored in, cells of several values one after another; none is NaN.
 * Integers above 2^53 are rounded.
 * @throws TypeError for a column of another kind.
 */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.column(name);
  const values = table.values(name);
  if (!ArrayBuffer.isView(values) || column.coding.kind === 'bit') {
    throw new TypeError(
      `Expected a column of numbers, got \`${name}\` of format ${column.format}.`,
    );
  }
  const numbers = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    numbers[index] = isNull(value, column) ? NaN : Number(value);
  }
  return numbers;
}

/**
 * A column of texts, cells of several ones after another.
 * @throws TypeError for a column of another kind.
 */
export function stringsOf(table: Table, name: string): readonly string[] {
  if (table.column(name).coding.kind === 'string') {
    return Array.from<unknown>(table.values(name)).map(String);
  }
  throw new TypeError(`Expected a column of texts, got \`${name}\`.`);
}

function cellAt(
  values: ColumnValues,
  { column, row }: { readonly column: Column; readonly row: number },
): CellValue {
  const { coding } = column;
  if (!isCells(values) && coding.kind !== 'variable' && coding.perCell !== 1) {
    return values.slice(row * coding.perCell, (row + 1) * coding.perCell);
  }
  const value = values[row] ?? null;
  return isNull(value, column) ? null : value;
}

function isNull(value: unknown, column: Column): boolean {
  if (column.null === undefined) return false;
  return value === column.null || value === Number(column.null);
}
