import { writeFits } from '../../fits/fits-writer.ts';
import type { NewColumn } from '../../fits/new-column.ts';
import { writeTable } from '../../fits/table-writer.ts';
import { formatRows, type CardRow } from '../headers/card-rows.ts';
import { referenceHeader, type ReferenceIdentity } from './reference-header.ts';

/** One table of a reference file. */
export interface ReferenceTable {
  readonly name: string;
  readonly columns: readonly NewColumn[];
  readonly rows: number;
  readonly cards?: readonly CardRow[];
}

/** Writes a reference file of tables. */
export function writeReferenceTable(
  path: string,
  options: {
    readonly identity: Omit<ReferenceIdentity, 'extensions'>;
    readonly tables: readonly ReferenceTable[];
  },
): void {
  const { identity, tables } = options;
  writeFits(path, (writer) => {
    writer.addHdu(referenceHeader({ ...identity, extensions: tables.length }));
    for (const { name, columns, rows, cards = [] } of tables) {
      writeTable(writer, { name, version: 1, columns, rows, cards: formatRows(cards) });
    }
  });
}
