import { join } from 'node:path';
import { writeFits } from '../../fits/fits-writer.ts';
import { primaryHeader } from '../../fits/image-header.ts';
import { formatRows } from '../headers/card-rows.ts';
import { writeMemberTable } from './member-table.ts';

/** An association of ACS exposures. */
export interface SimulatedAssociation {
  readonly id: string;
  readonly detector: string;
  readonly exposures: readonly string[];
  /** What follows `EXP-` and `PROD-` in MEMTYPE. */
  readonly type: 'CRJ' | 'RPT';
  /** Root name of the combined product. */
  readonly product: string;
}

/**
 * Writes an association table, `<id>_asn.fits`.
 *
 * @returns the name of the file.
 */
export function writeAssociation(folder: string, association: SimulatedAssociation): string {
  const { id, detector, exposures, type, product } = association;
  const name = `${id}_asn.fits`;
  const cards = formatRows([
    ['NEXTEND', 1, 'Number of standard extensions'],
    ['FILENAME', name, 'name of file'],
    ['FILETYPE', 'ASN_TABLE', 'type of data found in data file'],
    ['TELESCOP', 'HST', 'telescope used to acquire data'],
    ['INSTRUME', 'ACS', 'identifier for instrument used to acquire data'],
    ['ROOTNAME', id, 'rootname of the observation set'],
    ['DETECTOR', detector, 'detector in use: WFC, HRC, or SBC'],
    ['ASN_ID', id.toUpperCase(), 'unique identifier assigned to association'],
    ['ASN_TAB', name, 'name of the association table'],
    ['ASN_STAT', 'COMPLETE', 'status of association (COMPLETE/INCOMPLETE)'],
    ['ASN_PROD', false, 'product created (T/F)'],
  ]);
  writeFits(join(folder, name), (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    writeMemberTable(writer, [
      ...exposures.map((root) => ({ name: root, type: `EXP-${type}` })),
      { name: product, type: `PROD-${type}` },
    ]);
  });
  return name;
}
