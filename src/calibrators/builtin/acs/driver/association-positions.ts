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

/** A row of the table, taking part or not. */
export interface TableRow extends AssociationRow {
  readonly isPresent: boolean;
}

/** How exposures of a position are combined. */
export type Combination = 'cr' | 'rpt' | 'none';

/** How exposures of a position are combined: the first row whose type tells of it decides. */
export function combinationOf(rows: readonly TableRow[]): Combination {
  for (const { type } of rows) {
    if (type.includes('-cr')) return 'cr';
    if (type.includes('-rp')) return 'rpt';
  }
  return 'none';
}

/**
 * Groups the rows by position.
 *
 * @throws CaldpError `ACS_MODE_REFUSED` for tables whose reading by calacs is undefined.
 */
export function positionsOf(
  rows: readonly TableRow[],
  options: {
    readonly file: string;
    readonly combination: Combination;
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
    readonly combination: Combination;
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
