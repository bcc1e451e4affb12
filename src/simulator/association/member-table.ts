import type { FitsWriter } from '../../fits/fits-writer.ts';
import { writeTable } from '../../fits/table-writer.ts';

/** A row of an association table. */
export interface AssociationRow {
  /** Root name, in either case. */
  readonly name: string;
  /** `EXP-CRJ`, `PROD-CRJ` and the like. */
  readonly type: string;
  /** Default true. */
  readonly present?: boolean;
}

/** Adds the table of an association: MEMNAME, MEMTYPE, MEMPRSNT. */
export function writeMemberTable(writer: FitsWriter, rows: readonly AssociationRow[]): void {
  writeTable(writer, {
    name: 'ASN',
    version: 1,
    rows: rows.length,
    columns: [
      { name: 'MEMNAME', format: '14A', values: rows.map(({ name }) => name.toUpperCase()) },
      { name: 'MEMTYPE', format: '14A', values: rows.map(({ type }) => type) },
      { name: 'MEMPRSNT', format: 'L', values: rows.map(({ present = true }) => present) },
    ],
  });
}
