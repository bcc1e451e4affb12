import { formatCommentary } from '../../fits/format-card.ts';
import type { Header } from '../../fits/header.ts';
import { primaryHeader } from '../../fits/image-header.ts';
import { formatRows, type CardRow } from '../headers/card-rows.ts';

/** What the primary header of a reference tells. */
export interface ReferenceIdentity {
  readonly file: string;
  /** FILETYPE: `BIAS`. */
  readonly type: string;
  readonly detector: string;
  readonly extensions: number;
  readonly extra?: readonly CardRow[];
}

/** From when on the simulated references hold. */
export const useAfter = { header: 'Mar 01 2002 00:00:00', rules: '2002-03-01 00:00:00' } as const;

/** The primary header of a simulated reference file. */
export function referenceHeader(identity: ReferenceIdentity): Header {
  const { file, type, detector, extensions, extra = [] } = identity;
  return primaryHeader({
    type: 'int16',
    cards: [
      ...formatRows([
        ['NEXTEND', extensions, 'Number of standard extensions'],
        ['FILENAME', file, 'name of file'],
        ['FILETYPE', type, 'type of data found in data file'],
        ['TELESCOP', 'HST', 'telescope used to acquire data'],
        ['INSTRUME', 'ACS', 'identifier for instrument used to acquire data'],
        ['DETECTOR', detector, 'detector in use: WFC, HRC, or SBC'],
        ['USEAFTER', useAfter.header, 'date from which the file is used'],
        ['PEDIGREE', 'MODEL 01/03/2002 01/03/2030', 'where the file is from'],
        ['DESCRIP', 'SIMULATED by caldp: no telescope ever saw this.', 'what the file is'],
        ...extra,
      ]),
      ...formatCommentary('HISTORY', { text: 'SIMULATED by caldp: of no use for real data.' }),
    ],
  });
}
