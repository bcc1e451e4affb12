import { formatCard, type WritableValue } from '../src/fits/format-card.ts';
import { Header } from '../src/fits/header.ts';
import type { FitsWriter } from '../src/fits/fits-writer.ts';

/** A column of fixed width: its name, its TFORM, and its bytes in one row. */
export interface SimulatedColumn {
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
}

/** A binary table whose rows are ready-made bytes. */
export interface SimulatedTable {
  readonly name: string;
  readonly columns: readonly SimulatedColumn[];
  readonly rows: readonly Uint8Array[];
}

/** Adds a binary table to a file. */
export function addTable(writer: FitsWriter, table: SimulatedTable): void {
  const { name, columns, rows } = table;
  const width = columns.reduce((sum, { bytes }) => sum + bytes, 0);
  const cards: readonly (readonly [string, WritableValue])[] = [
    ['XTENSION', 'BINTABLE'],
    ['BITPIX', 8],
    ['NAXIS', 2],
    ['NAXIS1', width],
    ['NAXIS2', rows.length],
    ['PCOUNT', 0],
    ['GCOUNT', 1],
    ['TFIELDS', columns.length],
    ['EXTNAME', name],
    ['EXTVER', 1],
    ...columns.flatMap(
      (column, index) =>
        [
          [`TTYPE${index + 1}`, column.name],
          [`TFORM${index + 1}`, column.format],
        ] as const,
    ),
  ];
  const texts = cards.flatMap(([keyword, value]) => formatCard(keyword, { value }));
  const hdu = writer.addHdu(new Header(texts, { file: name }));
  for (const row of rows) hdu.writeBytes(row);
}
