import { readAsciiColumns } from './ascii-columns.ts';
import { readBinaryColumns } from './binary-columns.ts';
import { FitsError } from './fits-error.ts';
import type { Hdu } from './hdu.ts';
import type { Column } from './table-column.ts';

/** What a header says about a table. */
export interface TableLayout {
  readonly columns: readonly Column[];
  readonly rows: number;
  /** NAXIS1. */
  readonly rowBytes: number;
  /** Where the heap begins, in bytes from the start of the data, and how long it is. */
  readonly heapOffset: number;
  readonly heapBytes: number;
}

/**
 * Reads the layout of a table.
 * @throws FitsError `WRONG_KIND` for what is no table, `BAD_TABLE` where the header contradicts itself.
 */
export function readTableLayout(hdu: Hdu): TableLayout {
  const { header, shape } = hdu;
  if (
    hdu.kind !== 'binary-table' &&
    hdu.kind !== 'ascii-table' &&
    hdu.kind !== 'compressed-image'
  ) {
    throw new FitsError('expected a table, found another kind of data.', {
      ...header.place,
      code: 'WRONG_KIND',
    });
  }
  const [rowBytes = 0, rows = 0] = shape.axes;
  if (shape.axes.length !== 2 || shape.bitpix !== 8 || (rowBytes === 0 && rows > 0)) {
    throw badTable(hdu, `expected a table of bytes with two axes, found ${shape.axes.join(' x ')}`);
  }
  const columns =
    hdu.kind === 'ascii-table'
      ? readAsciiColumns(header, { rowBytes })
      : readBinaryColumns(header, { rowBytes });
  const heapOffset = header.integer('THEAP', { default: rowBytes * rows });
  const heapBytes = rowBytes * rows + shape.parameters - heapOffset;
  if (heapOffset < rowBytes * rows || heapBytes < 0) {
    throw badTable(hdu, `expected THEAP within the data, found ${heapOffset}`);
  }
  return { columns, rows, rowBytes, heapOffset, heapBytes };
}

function badTable({ header }: Hdu, reason: string): FitsError {
  return new FitsError(`${reason}.`, { ...header.place, code: 'BAD_TABLE' });
}
