import { CaldpError } from '../../../../errors/caldp-error.ts';
import { type FitsFile, findHdu, withFits } from '../../../../fits/fits-file.ts';
import { cardValue } from '../header/cards.ts';
import { readDouble, readInteger } from '../header/read-keyword.ts';
import { matchesKey } from '../steps/photcorr/obsmode.ts';
import { type CalibrationTable, calibrationTable } from './calibration-table.ts';
import { rowMissing } from './row-missing.ts';

/** What a row of one extension of IMPHTTAB holds: one value, or values on a grid of parameters. */
export type PhotometryRow =
  | { readonly kind: 'scalar'; readonly value: number }
  | {
      readonly kind: 'grid';
      /** The first parameter runs fastest. */
      readonly values: readonly number[];
      readonly parameters: readonly { readonly name: string; readonly points: readonly number[] }[];
    };

export const photometryKeywords = ['PHOTFLAM', 'PHOTPLAM', 'PHOTBW'] as const;

export type PhotometryKeyword = (typeof photometryKeywords)[number];

/** The rows of IMPHTTAB for one observing mode. */
export interface PhotometryTable {
  readonly rows: Readonly<Record<PhotometryKeyword, PhotometryRow>>;
  /** Magnitudes. */
  readonly zeroPoint: number;
  /** Number of parameters of the table. */
  readonly parameters: number;
  /** Whether dates beyond the table are extrapolated. */
  readonly extrapolates: boolean;
}

/** Reads what IMPHTTAB says about an observing mode. @throws CaldpError `ACS_TABLE_ROW_MISSING`. */
export function readImphttab(path: string, key: string): PhotometryTable {
  return withFits(path, (file) => {
    const header = { cards: file.primary.header.cards, place: `IMPHTTAB \`${path}\`` };
    const extrap = cardValue(header.cards, 'EXTRAP');
    return {
      rows: {
        PHOTFLAM: readRow(file, { keyword: 'PHOTFLAM', key }),
        PHOTPLAM: readRow(file, { keyword: 'PHOTPLAM', key }),
        PHOTBW: readRow(file, { keyword: 'PHOTBW', key }),
      },
      zeroPoint: readDouble(header, 'PHOTZPT'),
      parameters: readInteger(header, 'PARNUM'),
      extrapolates: extrap?.kind === 'logical' && extrap.value,
    };
  });
}

function readRow(
  file: FitsFile,
  options: { readonly keyword: PhotometryKeyword; readonly key: string },
): PhotometryRow {
  const { keyword, key } = options;
  const { path } = file.source;
  const hdu = findHdu(file, { name: keyword });
  if (hdu === undefined)
    throw new CaldpError(`IMPHTTAB \`${path}\` has no extension ${keyword}.`, {
      code: 'ACS_TABLE_UNUSABLE',
      advice: 'Check that IMPHTTAB names a photometry table for this detector, and fetch it again.',
      exit: 'STAGE1_ERROR',
    });
  const table = calibrationTable(file, { hdu, columns: ['OBSMODE', 'DATACOL'] });
  for (let row = 0; row < table.rows; row += 1)
    if (matchesKey(table.text('OBSMODE', row), key)) return rowOf(table, { row, keyword });
  throw rowMissing('IMPHTTAB', { path, wanted: `OBSMODE ${key} in ${keyword}` });
}

function rowOf(
  table: CalibrationTable,
  options: { readonly row: number; readonly keyword: PhotometryKeyword },
): PhotometryRow {
  const { row, keyword } = options;
  const dataColumn = table.text('DATACOL', row);
  const count = Number(dataColumn.slice(keyword.length)) || 0;
  if (count === 0) return { kind: 'scalar', value: table.number(keyword, row) };
  const parameters = Array.from({ length: count }, (_, index) => {
    const p = index + 1;
    const length = table.number(`NELEM${p}`, row);
    const points = table.numbers(`PAR${p}VALUES`, row).slice(0, length);
    return { name: table.text(`PAR${p}NAMES`, row), points };
  });
  const size = parameters.reduce((product, { points }) => product * points.length, 1);
  return { kind: 'grid', values: table.numbers(dataColumn, row).slice(0, size), parameters };
}
