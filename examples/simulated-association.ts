import { join } from 'node:path';
import { writeFits } from '../src/fits/fits-writer.ts';
import { formatCard } from '../src/fits/format-card.ts';
import { primaryHeader } from '../src/fits/image-header.ts';
import { addTable, type SimulatedColumn } from './simulated-table.ts';

/** One row of an association table. */
export interface SimulatedMember {
  readonly name: string;
  readonly type: string;
  /** Default true. */
  readonly present?: boolean;
}

const columns: readonly SimulatedColumn[] = [
  { name: 'MEMNAME', format: '14A', bytes: 14 },
  { name: 'MEMTYPE', format: '14A', bytes: 14 },
  { name: 'MEMPRSNT', format: 'L', bytes: 1 },
];

/**
 * Writes an association table, `<id>_asn.fits`.
 *
 * @returns the name of the file.
 */
export function writeSimulatedAssociation(
  folder: string,
  association: {
    readonly id: string;
    readonly instrument: 'ACS' | 'WFC3' | 'STIS' | 'COS';
    readonly members: readonly SimulatedMember[];
  },
): string {
  const { id, instrument, members } = association;
  const name = `${id}_asn.fits`;
  const values = {
    NEXTEND: 1,
    FILENAME: name,
    FILETYPE: 'ASN_TABLE',
    TELESCOP: 'HST',
    INSTRUME: instrument,
    ROOTNAME: id,
    ASN_ID: id,
    ASN_TAB: name,
  };
  const cards = Object.entries(values).flatMap(([keyword, value]) =>
    formatCard(keyword, { value }),
  );
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    addTable(writer, { name: 'ASN', columns, rows: members.map(rowOf) });
  });
  return name;
}

function rowOf({ name, type, present = true }: SimulatedMember): Uint8Array {
  const text = name.toUpperCase().padEnd(14) + type.padEnd(14) + (present ? 'T' : 'F');
  return Buffer.from(text, 'latin1');
}
