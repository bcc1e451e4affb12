import { CaldpError } from '../../../../errors/caldp-error.ts';
import { withCalibrationTable } from './calibration-table.ts';
import { matchesNumber, matchesText } from './wildcards.ts';

/** A run of bad pixels. */
export interface BadPixelRow {
  /** One-based column and line of the first pixel, on the whole detector. */
  readonly pix1: number;
  readonly pix2: number;
  readonly length: number;
  /** 1: along a line, 2: along a column. */
  readonly axis: number;
  /** DQ bits. */
  readonly value: number;
}

/**
 * The rows of BPIXTAB for one amplifier setting, gain and chip.
 *
 * @throws CaldpError `ACS_TABLE_UNUSABLE` where a column is missing, CCDGAIN included (without it calacs crashes);
 * `ACS_BAD_PIXEL_ROW` for a run of no length or along no axis.
 */
export function readBpixtab(
  path: string,
  mode: { readonly ccdAmp: string; readonly ccdGain: number; readonly chip: number },
): readonly BadPixelRow[] {
  const columns = ['PIX1', 'PIX2', 'LENGTH', 'AXIS', 'VALUE', 'CCDCHIP', 'CCDGAIN'];
  return withCalibrationTable(path, { columns }, (table) => {
    const gain = table.isInteger('CCDGAIN') ? Math.trunc(mode.ccdGain) : mode.ccdGain;
    const hasAmp = table.has('CCDAMP');
    const rows: BadPixelRow[] = [];
    for (let row = 0; row < table.rows; row += 1) {
      const isAmp =
        !hasAmp ||
        matchesText(table.text('CCDAMP', row), { wanted: mode.ccdAmp, wildcards: ['ANY', 'N/A'] });
      if (!isAmp || !matchesNumber(table.float('CCDGAIN', row), gain)) continue;
      if (!matchesNumber(table.number('CCDCHIP', row), mode.chip)) continue;
      const [pix1, pix2] = [table.number('PIX1', row), table.number('PIX2', row)];
      const [length, axis] = [table.number('LENGTH', row), table.number('AXIS', row)];
      if ((axis !== 1 && axis !== 2) || length <= 0) throw invalidRow(path, row);
      rows.push({ pix1, pix2, length, axis, value: table.number('VALUE', row) });
    }
    return rows;
  });
}

function invalidRow(path: string, row: number): CaldpError {
  return new CaldpError(
    `Row ${row + 1} of BPIXTAB \`${path}\` describes no run of pixels: AXIS must be 1 or 2, LENGTH above 0.`,
    {
      code: 'ACS_BAD_PIXEL_ROW',
      advice: 'Fetch the bad-pixel table again, or correct the row.',
      exit: 'STAGE1_ERROR',
    },
  );
}
