import type { CrParameters } from '../steps/crcorr/parameters.ts';
import { type CalibrationTable, withCalibrationTable } from './calibration-table.ts';
import { rowMissing } from './row-missing.ts';

const { fround } = Math;

/** A row of CRREJTAB, and its texts as they stand in the table, for the header. */
export interface CrRejection extends CrParameters {
  readonly texts: { readonly initialGuess: string; readonly sky: string; readonly sigmas: string };
}

const columns = [
  ...['CRSPLIT', 'MEANEXP', 'SCALENSE', 'INITGUES', 'SKYSUB'],
  ...['CRSIGMAS', 'CRRADIUS', 'CRTHRESH', 'BADINPDQ', 'CRMASK'],
];

/**
 * Reads the CRREJTAB row for a number of exposures: CRSPLIT equal (or the largest there is), MEANEXP the next one above.
 *
 * @param options - `meanExposure`: seconds, single precision. @throws CaldpError `ACS_TABLE_ROW_MISSING`.
 */
export function readCrrejtab(
  path: string,
  options: { readonly exposures: number; readonly meanExposure: number },
): CrRejection {
  return withCalibrationTable(path, { columns }, (table) => {
    const rows = Array.from({ length: table.rows }, (_, row) => row);
    const largest = Math.max(...rows.map((row) => table.number('CRSPLIT', row)));
    const split = Math.min(options.exposures, largest);
    let best: { readonly row: number; readonly distance: number } | undefined;
    for (const row of rows) {
      const distance = fround(table.float('MEANEXP', row) - options.meanExposure);
      if (table.number('CRSPLIT', row) !== split || !(distance >= 0)) continue;
      if (best === undefined || distance <= best.distance) best = { row, distance };
    }
    if (best !== undefined) return rejectionOf(table, best.row);
    const wanted = `CRSPLIT ${split}, MEANEXP of ${options.meanExposure} s or more`;
    throw rowMissing('CRREJTAB', { path, wanted });
  });
}

function rejectionOf(table: CalibrationTable, row: number): CrRejection {
  const texts = {
    initialGuess: table.text('INITGUES', row),
    sky: table.text('SKYSUB', row),
    sigmas: table.text('CRSIGMAS', row),
  };
  return {
    texts,
    sigmas: texts.sigmas
      .split(/[,;/ ]+/)
      .filter((text) => text !== '')
      .map((text) => fround(Number.parseFloat(text))),
    initialGuess: texts.initialGuess.startsWith('med') ? 'median' : 'minimum',
    sky: texts.sky === 'none' ? 'none' : 'mode',
    radius: table.float('CRRADIUS', row),
    threshold: table.float('CRTHRESH', row),
    scaleNoise: table.float('SCALENSE', row),
    badBits: table.number('BADINPDQ', row),
    flagsExposures: table.logical('CRMASK', row),
  };
}
