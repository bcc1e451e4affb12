import { join } from 'node:path';
import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, withFits } from '../../../../fits/fits-file.ts';
import { openTable } from '../../../../fits/table-reader.ts';
import { stringsOf } from '../../../../fits/table-rows.ts';
import { readString } from '../header/read-keyword.ts';
import type { AcsRun } from './context.ts';
import { type Detector, detectorOf } from './exposure-keywords.ts';
import { refused } from './refuse.ts';
import type { Trailer } from './trailer.ts';

/** A row of the association table that takes part. */
export interface AssociationRow {
  /** Lower-case root name. */
  readonly name: string;
  /** Lower-case MEMTYPE with `-` between its words. */
  readonly type: string;
  /** Counted from 0. */
  readonly row: number;
}

/** Exposures that are processed together, and what is made of them. */
export interface AssociationPosition {
  readonly exposures: readonly AssociationRow[];
  /** Undefined for a dither position, which has no product but its exposures. */
  readonly product: AssociationRow | undefined;
}

/** What calacs makes of an association table. */
export interface AssociationPlan {
  /** Name of the table's file. */
  readonly file: string;
  /** That name without `_asn.fits`. */
  readonly root: string;
  readonly detector: Detector;
  /** How exposures of a position are combined. */
  readonly combination: 'cr' | 'rpt' | 'none';
  /** Positions with exposures. */
  readonly positions: readonly AssociationPosition[];
  readonly dither: AssociationRow | undefined;
}

interface TableRow extends AssociationRow {
  readonly isPresent: boolean;
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

function combinationOf(rows: readonly TableRow[]): AssociationPlan['combination'] {
  for (const { type } of rows) {
    if (type.includes('-cr')) return 'cr';
    if (type.includes('-rp')) return 'rpt';
  }
  return 'none';
}

function positionsOf(
  rows: readonly TableRow[],
  options: {
    readonly file: string;
    readonly combination: AssociationPlan['combination'];
    readonly trailer: Trailer;
  },
): readonly AssociationPosition[] {
  const { file, combination, trailer } = options;
  const numbered = numberRows(rows, { combination, trailer });
  const largest = Math.max(0, ...numbered.map(({ number }) => number));
  const positions: AssociationPosition[] = [];
  for (let number = 1; number <= largest; number += 1) {
    const own = numbered.filter((row) => row.number === number);
    const product = own.find(({ type }) => type.startsWith('prod'));
    const exposures = own.filter(({ type }) => type.startsWith('exp'));
    if (own.length === 0)
      throw refused(
        `\`${file}\` has no member at position ${number}.`,
        'Correct the association table.',
      );
    if (exposures.length === 0) continue;
    if (product === undefined && combination !== 'none')
      throw refused(
        `\`${file}\` names no product for the exposures at position ${number}.`,
        'Add the product row to the association table.',
      );
    positions.push({ exposures, product });
  }
  if (numbered.some(({ number }) => number <= 0))
    throw refused(`\`${file}\` has members whose MEMTYPE names no position.`, 'Correct MEMTYPE.');
  return positions;
}

/** The rows that take part, each with the number of its position. */
function numberRows(
  rows: readonly TableRow[],
  options: {
    readonly combination: AssociationPlan['combination'];
    readonly trailer: Trailer;
  },
): readonly (TableRow & { readonly number: number })[] {
  const numbered: (TableRow & { readonly number: number })[] = [];
  let next = 1;
  for (const row of rows) {
    if (row.type === 'prod-dth') continue;
    const isProduct = row.type.startsWith('prod');
    if (!row.isPresent && !isProduct) {
      options.trailer.warning(`Member "${row.name}" is not present`);
      continue;
    }
    const word = row.type.slice(row.type.indexOf('-') + 1);
    const digits = word.slice(options.combination === 'none' ? 3 : 2);
    if (word === 'crj' || word === 'rpt') numbered.push({ ...row, number: 1 });
    else if (/^[a-z0-9]/.test(digits))
      numbered.push({ ...row, number: Number.parseInt(digits, 10) || 0 });
    else {
      numbered.push({ ...row, number: next });
      next += 1;
    }
  }
  return numbered;
}

function notAcs(file: string): CaldpError {
  return new CaldpError(`\`${file}\` is not an association of ACS exposures.`, {
    code: 'ACS_INSTRUMENT_WRONG',
    advice: 'Calibrate only ACS data with the ACS calibrator.',
    exit: 'STAGE1_ERROR',
  });
}
