import type { CellValues } from './decode-cells.ts';
import type { Column } from './table-column.ts';
import type { ColumnValues, RowRange, Table } from './table-reader.ts';

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
 * A numeric column as Float64Array, cells of several values one after another, whatever type it is stored in; none is NaN. Integers above 2^53 are rounded.
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
  return Float64Array.from(values as ArrayLike<number | bigint>, (value) =>
    isNull(value, column) ? NaN : Number(value),
  );
}

/**
 * A column of one text a cell.
 * @throws TypeError for a column of another kind.
 */
export function stringsOf(table: Table, name: string): readonly string[] {
  const values: readonly unknown[] = Array.from(table.values(name) as ArrayLike<unknown>);
  if (table.column(name).coding.kind === 'string') return values.map(String);
  throw new TypeError(`Expected a column of texts, got \`${name}\`.`);
}

function cellAt(
  values: ColumnValues,
  { column, row }: { readonly column: Column; readonly row: number },
): CellValue {
  const { coding } = column;
  if (coding.kind === 'variable') return values[row] as CellValues;
  if (coding.perCell !== 1) {
    return values.slice(row * coding.perCell, (row + 1) * coding.perCell) as CellValues;
  }
  const value = values[row] as string | number | bigint | boolean | null;
  return isNull(value, column) ? null : value;
}

function isNull(value: unknown, column: Column): boolean {
  if (column.null === undefined) return false;
  return value === column.null || value === Number(column.null);
}
