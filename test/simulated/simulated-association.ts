import { join } from 'node:path';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { formatCard } from '../../src/fits/format-card.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import {
  writeMemberTable,
  type AssociationRow,
} from '../../src/simulator/association/member-table.ts';

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
    readonly members: readonly AssociationRow[];
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
    writeMemberTable(writer, members);
  });
  return name;
}
