import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, withFits } from '../../../../fits/fits-file.ts';
import type { Hdu } from '../../../../fits/hdu.ts';
import { type ColumnValues, openTable, type Table } from '../../../../fits/table-reader.ts';

/** What calacs reads where a table says that there is no number. */
const undefinedNumber = 1.6e38;

/** The cells of a reference table, read as calacs reads them. */
export interface CalibrationTable {
  readonly rows: number;
  has(column: string): boolean;
  /** Whether a column holds whole numbers. */
  isInteger(column: string): boolean;
  /** Without trailing blanks, but one of them where there is nothing else; `INDEF` where the cell begins with a NUL. */
  text(column: string, row: number): string;
  /** In double precision; 1.6e38 where undefined. A text is converted. */
  number(column: string, row: number): number;
  /** In single precision. */
  float(column: string, row: number): number;
  logical(column: string, row: number): boolean;
  /** All numbers of a cell that holds several. */
  numbers(column: string, row: number): readonly number[];
}

/**
 * Opens the first table of a file, hands it over and closes the file. Columns are read when first asked for and then held.
 *
 * @param options - `columns`: those that must be there.
 * @throws CaldpError `ACS_TABLE_UNUSABLE` where there is no table or a column is missing.
 */
export function withCalibrationTable<Result>(
  path: string,
  options: { readonly columns: readonly string[] },
  use: (table: CalibrationTable) => Result,
): Result {
  return withFits(path, (file) => {
    const hdu = file.hdus.find(({ kind }) => kind === 'binary-table' || kind === 'ascii-table');
    if (hdu === undefined) throw unusable(path, 'it has no table');
    return use(calibrationTable(file, { hdu, columns: options.columns }));
  });
}

/** The table of an HDU, as `withCalibrationTable` gives it. */
export function calibrationTable(
  file: FitsFile,
  options: { readonly hdu: Hdu; readonly columns: readonly string[] },
): CalibrationTable {
  const table = openTable(file, options.hdu);
  const missing = options.columns.filter((name) => !table.hasColumn(name));
  if (missing.length > 0)
    throw unusable(
      file.source.path,
      `it lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
    );
  const cache = new Map<string, ColumnValues>();
  const column = (name: string): ColumnValues => {
    const values = cache.get(name) ?? table.values(name);
    cache.set(name, values);
    return values;
  };
  const number = (name: string, row: number): number => toNumber(column(name)[row]);
  return {
    rows: table.rows,
    has: (name) => table.hasColumn(name),
    isInteger: (name) => isInteger(table, name),
    text: (name, row) => textOf(table, { name, row, value: column(name)[row] }),
    number,
    float: (name, row) => Math.fround(number(name, row)),
    logical: (name, row) => column(name)[row] === true,
    numbers: (name, row) => numbersOfCell(table, { name, row }),
  };
}

function isInteger(table: Table, name: string): boolean {
  const { coding } = table.column(name);
  return coding.kind === 'number' && !coding.coding.scaling.type.startsWith('float');
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number.parseFloat(value) : Number(value);
  return value === null || Number.isNaN(number) ? undefinedNumber : number;
}

function textOf(
  table: Table,
  cell: { readonly name: string; readonly row: number; readonly value: unknown },
): string {
  const text = String(cell.value);
  if (text !== '') return text;
  const bytes = table.cellBytes(cell.name, { row: cell.row });
  return bytes[0] === 0 ? 'INDEF' : ' ';
}

function numbersOfCell(
  table: Table,
  { name, row }: { readonly name: string; readonly row: number },
): readonly number[] {
  const values = table.values(name, { from: row, count: 1 });
  const [first] = values;
  const cell = ArrayBuffer.isView(first) || Array.isArray(first) ? first : values;
  return Array.from(cell as ArrayLike<unknown>, toNumber);
}

function unusable(path: string, why: string): CaldpError {
  return new CaldpError(`The reference table \`${path}\` cannot be used: ${why}.`, {
    code: 'ACS_TABLE_UNUSABLE',
    advice: 'Check that the keyword names the right kind of reference, and fetch the file again.',
    exit: 'STAGE1_ERROR',
  });
}
