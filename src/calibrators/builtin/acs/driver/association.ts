import { join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, withFits } from '../../../../fits/fits-file.ts';
import { openTable } from '../../../../fits/table-reader.ts';
import { stringsOf } from '../../../../fits/table-rows.ts';
import { readString } from '../header/read-keyword.ts';
import type { AcsRun } from './context.ts';
import {
  type AssociationPosition,
  type AssociationRow,
  type Combination,
  combinationOf,
  positionsOf,
  type TableRow,
} from './association-positions.ts';
import { type Detector, detectorOf } from './exposure-keywords.ts';
import { refused } from './refuse.ts';
import type { Trailer } from './trailer.ts';

/** What calacs makes of an association table. */
export interface AssociationPlan {
  /** Name of the table's file. */
  readonly file: string;
  /** That name without `_asn.fits`. */
  readonly root: string;
  readonly detector: Detector;
  /** How exposures of a position are combined. */
  readonly combination: Combination;
  /** Positions with exposures. */
  readonly positions: readonly AssociationPosition[];
  readonly dither: AssociationRow | undefined;
}

/**
 * Reads an association table.
 *
 * @throws CaldpError `ACS_MODE_REFUSED` for tables whose reading by calacs is undefined.
 */
export function readAssociation(run: AcsRun, file: string): AssociationPlan {
  const path = join(run.folder, file);
  return withFits(path, (fits) => {
    const header = { cards: fits.primary.header.cards, place: `\`${file}\`` };
    if (!readString(header, 'INSTRUME').startsWith('ACS')) throw notAcs(file);
    const detector = detectorOf(readString(header, 'DETECTOR'), file);
    const rows = tableRows(fits, { file, trailer: run.trailer });
    const combination = combinationOf(rows);
    const dithers = rows.filter(({ type }) => type === 'prod-dth');
    if (dithers.length > 1)
      throw refused(
        `\`${file}\` has more than one PROD-DTH row.`,
        'Correct the association table.',
      );
    return {
      file,
      root: file.replace(/_asn\.fits$/, ''),
      detector,
      combination,
      positions: positionsOf(rows, { file, combination, trailer: run.trailer }),
      dither: dithers[0],
    };
  });
}

function tableRows(
  fits: FitsFile,
  options: { readonly file: string; readonly trailer: Trailer },
): readonly TableRow[] {
  const hdu = fits.hdus.find(({ kind }) => kind === 'binary-table');
  if (hdu === undefined) throw refused(`\`${options.file}\` has no table.`, 'Fetch it again.');
  const table = openTable(fits, hdu);
  const types = stringsOf(table, 'MEMTYPE');
  const present = table.values('MEMPRSNT');
  return stringsOf(table, 'MEMNAME').map((name, row) => {
    const original = types[row] ?? '';
    const type = original.toLowerCase().replaceAll('_', '-');
    if (original.includes('_'))
      options.trailer.warning(
        `MEMTYPE ${original} in row ${row + 1} was INVALID and needs to be corrected.`,
      );
    return { name: name.toLowerCase(), type, row, isPresent: present[row] === true };
  });
}

function notAcs(file: string): CaldpError {
  return new CaldpError(`\`${file}\` is not an association of ACS exposures.`, {
    code: 'ACS_INSTRUMENT_WRONG',
    advice: 'Calibrate only ACS data with the ACS calibrator.',
    exit: 'STAGE1_ERROR',
  });
}
