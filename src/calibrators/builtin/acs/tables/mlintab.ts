import { withCalibrationTable } from './calibration-table.ts';
import { rowMissing } from './row-missing.ts';
import { matchesText } from './wildcards.ts';

/** Linearity of the SBC: a row of MLINTAB. */
export interface LinearityLimits {
  /** Counts per second over the whole detector. */
  readonly globalLimit: number;
  /** Counts per second in a pixel. */
  readonly localLimit: number;
  /** Dead time, seconds. */
  readonly tau: number;
  /** Pixels around a non-linear one that are flagged too; single precision. */
  readonly expand: number;
  readonly pedigree: string | undefined;
  readonly descrip: string | undefined;
}

/** Reads the MLINTAB row of the SBC. @throws CaldpError `ACS_TABLE_ROW_MISSING`. */
export function readMlintab(path: string): LinearityLimits {
  const columns = ['DETECTOR', 'GLOBAL_LIMIT', 'LOCAL_LIMIT', 'TAU', 'EXPAND'];
  return withCalibrationTable(path, { columns }, (table) => {
    for (let row = 0; row < table.rows; row += 1) {
      if (!matchesText(table.text('DETECTOR', row), { wanted: 'SBC' })) continue;
      return {
        globalLimit: table.number('GLOBAL_LIMIT', row),
        localLimit: table.number('LOCAL_LIMIT', row),
        tau: table.number('TAU', row),
        expand: table.float('EXPAND', row),
        pedigree: table.has('PEDIGREE') ? table.text('PEDIGREE', row) : undefined,
        descrip: table.has('DESCRIP') ? table.text('DESCRIP', row) : undefined,
      };
    }
    throw rowMissing('MLINTAB', { path, wanted: 'DETECTOR SBC' });
  });
}
