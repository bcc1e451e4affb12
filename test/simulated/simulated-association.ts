import { join } from 'node:path';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { formatCard } from '../../src/fits/format-card.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import { writeTable } from '../../src/fits/table-writer.ts';

/** One row of an association table. */
export interface SimulatedMember {
  readonly name: string;
  readonly type: string;
  /** Default true. */
  readonly present?: boolean;
}

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
    writeTable(writer, {
      name: 'ASN',
      version: 1,
      rows: members.length,
      columns: [
        { name: 'MEMNAME', format: '14A', values: members.map((each) => each.name.toUpperCase()) },
        { name: 'MEMTYPE', format: '14A', values: members.map(({ type }) => type) },
        { name: 'MEMPRSNT', format: 'L', values: members.map(({ present = true }) => present) },
      ],
    });
  });
  return name;
}
