import { basename } from 'node:path';
import { FitsError } from '../fits/fits-error.ts';
import { findHdu, withFits, type FitsFile } from '../fits/fits-file.ts';
import type { Hdu } from '../fits/hdu.ts';
import { openTable, type Table } from '../fits/table-reader.ts';
import { tableRows, type CellValue } from '../fits/table-rows.ts';
import { AssociationError } from './association-error.ts';
import type { Association } from './association.ts';
import { parseAssociation, type AssociationRow } from './parse-association.ts';

const columns = ['MEMNAME', 'MEMTYPE', 'MEMPRSNT'] as const;
const mostRows = 100_000;

/**
 * Reads the association table of a file such as `jbz504010_asn.fits`: the table extension ASN, or the first table there is.
 *
 * @throws AssociationError for what is no association table, with the FitsError as its cause where the file is at fault.
 * The system's own error where the file cannot be opened.
 */
export function readAssociation(path: string): Association {
  const file = basename(path);
  try {
    return withFits(path, (fits) => {
      const table = openAssociation(fits, file);
      const dataset = datasetOf(fits);
      const rows = readRows(table);
      return parseAssociation(rows, dataset === undefined ? { file } : { file, dataset });
    });
  } catch (error) {
    if (!(error instanceof FitsError)) throw error;
    throw new AssociationError(file, `cannot be read: ${error.message}`, { cause: error });
  }
}

function openAssociation(fits: FitsFile, file: string): Table {
  const isTable = ({ kind }: Hdu): boolean => kind === 'binary-table' || kind === 'ascii-table';
  const named = findHdu(fits, { name: 'ASN' });
  const hdu = named !== undefined && isTable(named) ? named : fits.hdus.find(isTable);
  if (hdu === undefined) throw new AssociationError(file, 'holds no table.');
  const table = openTable(fits, hdu);
  const lacking = columns.filter((name) => !table.hasColumn(name));
  if (lacking.length > 0) {
    const there = table.columns.map(({ name }) => `\`${name}\``).join(', ');
    throw new AssociationError(
      file,
      `has no column \`${lacking.join('`, `')}\`; its columns are ${there}.`,
    );
  }
  if (table.rows > mostRows) throw new AssociationError(file, `has ${table.rows} rows.`);
  return table;
}

function readRows(table: Table): readonly AssociationRow[] {
  return Array.from(tableRows(table, { columns }), (row) => {
    const cells = new Map(Object.entries(row).map(([name, cell]) => [name.toUpperCase(), cell]));
    return {
      name: textOf(cells.get('MEMNAME')),
      type: textOf(cells.get('MEMTYPE')),
      present: presenceOf(cells.get('MEMPRSNT')),
    };
  });
}

function textOf(cell: CellValue | undefined): string {
  return typeof cell === 'string' ? cell : '';
}

function presenceOf(cell: CellValue | undefined): AssociationRow['present'] {
  if (typeof cell === 'bigint') return Number(cell);
  return typeof cell === 'boolean' || typeof cell === 'string' || typeof cell === 'number'
    ? cell
    : undefined;
}

function datasetOf(fits: FitsFile): string | undefined {
  const { header } = fits.primary;
  const keyword = ['ASN_ID', 'ROOTNAME'].find((name) => header.has(name));
  return keyword === undefined ? undefined : header.string(keyword);
}
