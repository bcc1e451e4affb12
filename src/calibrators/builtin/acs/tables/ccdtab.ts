import type { AmpValues } from '../steps/quadrants.ts';
import { type CalibrationTable, withCalibrationTable } from './calibration-table.ts';
import { rowMissing } from './row-missing.ts';
import { matchesNumber, matchesText } from './wildcards.ts';

/** How an exposure was read out; selects the row. */
export interface ReadoutMode {
  readonly ccdAmp: string;
  /** Commanded gain, single precision. */
  readonly ccdGain: number;
  readonly chip: number;
  /** Commanded bias offsets of the amplifiers A to D. */
  readonly offsets: readonly [number, number, number, number];
}

/** A row of CCDTAB, for the amplifiers in use; 0 for the others. Numbers of single precision. */
export interface CcdParameters {
  /** Electrons a DN. */
  readonly gain: AmpValues;
  /** Electrons. */
  readonly readNoise: AmpValues;
  /** DN. */
  readonly bias: AmpValues;
  /** First column of the right amplifier, at most the width of the frame. */
  readonly ampX: number;
  readonly ampY: number;
  /** DN at which the converter saturates. */
  readonly converterLimit: number;
  /** Overhead of the dark time with and without a post-flash, seconds. */
  readonly overheadFlashed: number;
  readonly overheadUnflashed: number;
  /** Undefined where the table has no such column. */
  readonly pedigree: string | undefined;
  readonly descrip: string | undefined;
}

const amps = ['A', 'B', 'C', 'D'] as const;
const columns = [
  ...['CCDAMP', 'CCDCHIP', 'CCDGAIN', 'BINAXIS1', 'BINAXIS2'],
  ...amps.flatMap((amp) => [`CCDOFST${amp}`, `CCDBIAS${amp}`, `ATODGN${amp}`, `READNSE${amp}`]),
  ...['AMPX', 'AMPY', 'ATODSAT', 'SATURATE', 'OVRHFLS', 'OVRHUFLS'],
];

/**
 * Reads the CCDTAB row of a read-out mode.
 *
 * @param options - `nx`: width of the frame. @throws CaldpError `ACS_TABLE_ROW_MISSING`.
 */
export function readCcdtab(
  path: string,
  options: { readonly mode: ReadoutMode; readonly nx: number },
): CcdParameters {
  return withCalibrationTable(path, { columns }, (table) => {
    for (let row = 0; row < table.rows; row += 1)
      if (isRowOf(table, { row, mode: options.mode }))
        return parametersOf(table, { row, ...options });
    const { ccdAmp, ccdGain, chip, offsets } = options.mode;
    const wanted = `CCDAMP ${ccdAmp}, CCDGAIN ${ccdGain.toFixed(1)}, CCDCHIP ${chip}, CCDOFST ${offsets.join(',')}`;
    throw rowMissing('CCDTAB', { path, wanted });
  });
}

function isRowOf(
  table: CalibrationTable,
  { row, mode }: { readonly row: number; readonly mode: ReadoutMode },
): boolean {
  const gain = table.isInteger('CCDGAIN') ? Math.trunc(mode.ccdGain) : mode.ccdGain;
  return (
    matchesText(table.text('CCDAMP', row), { wanted: mode.ccdAmp }) &&
    matchesNumber(table.float('CCDGAIN', row), gain) &&
    matchesNumber(table.number('CCDCHIP', row), mode.chip) &&
    amps.every((amp, index) =>
      matchesNumber(table.number(`CCDOFST${amp}`, row), mode.offsets[index] ?? 0),
    )
  );
}

function parametersOf(
  table: CalibrationTable,
  options: { readonly row: number; readonly mode: ReadoutMode; readonly nx: number },
): CcdParameters {
  const { row, mode, nx } = options;
  const values = (name: string): AmpValues => {
    const of = (amp: string): number =>
      mode.ccdAmp.includes(amp) ? table.float(`${name}${amp}`, row) : 0;
    return { A: of('A'), B: of('B'), C: of('C'), D: of('D') };
  };
  return {
    gain: values('ATODGN'),
    readNoise: values('READNSE'),
    bias: values('CCDBIAS'),
    ampX: Math.min(table.number('AMPX', row), nx),
    ampY: table.number('AMPY', row),
    converterLimit: table.number('ATODSAT', row),
    overheadFlashed: table.float('OVRHFLS', row),
    overheadUnflashed: table.float('OVRHUFLS', row),
    pedigree: table.has('PEDIGREE') ? table.text('PEDIGREE', row) : undefined,
    descrip: table.has('DESCRIP') ? table.text('DESCRIP', row) : undefined,
  };
}
