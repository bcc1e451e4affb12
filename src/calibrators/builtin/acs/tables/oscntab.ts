import { type CalibrationTable, withCalibrationTable } from './calibration-table.ts';
import { matchesNumber, matchesText } from './wildcards.ts';

/** Pixels `first` to `last` of an axis, zero-based; -1 where the table has 0. */
export interface PixelRange {
  readonly first: number;
  readonly last: number;
}

/** The overscan of a frame: a row of OSCNTAB. */
export interface Overscan {
  /** Columns and lines to trim at the start (1) and at the end (2). */
  readonly trimX1: number;
  readonly trimX2: number;
  readonly trimY1: number;
  readonly trimY2: number;
  readonly virtualX: PixelRange;
  readonly virtualY: PixelRange;
  readonly sectionA: PixelRange;
  readonly sectionB: PixelRange;
}

/** Lines of virtual overscan of the WFC. */
const virtualLines = 20;
const ranges = ['VX', 'VY', 'BIASSECTA', 'BIASSECTB'];
const columns = [
  ...['CCDAMP', 'CCDCHIP', 'BINX', 'BINY', 'NX', 'NY', 'TRIMX1', 'TRIMX2', 'TRIMY1', 'TRIMY2'],
  ...ranges.flatMap((name) => [`${name}1`, `${name}2`]),
];

/** The OSCNTAB row of a frame of this size; undefined where there is none, which is usual for small subarrays. */
export function readOscntab(
  path: string,
  options: {
    readonly ccdAmp: string;
    readonly chip: number;
    readonly nx: number;
    readonly ny: number;
  },
): Overscan | undefined {
  return withCalibrationTable(path, { columns }, (table) => {
    for (let row = 0; row < table.rows; row += 1) {
      const wanted: readonly (readonly [string, number])[] = [
        ['CCDCHIP', options.chip],
        ['BINX', 1],
        ['BINY', 1],
        ['NX', options.nx],
        ['NY', options.ny],
      ];
      const isRow =
        matchesText(table.text('CCDAMP', row), { wanted: options.ccdAmp }) &&
        wanted.every(([name, value]) => matchesNumber(table.number(name, row), value));
      if (isRow) return overscanOf(table, row);
    }
    return undefined;
  });
}

/** Whether the frame has virtual overscan: the lines that the 2K subarrays of 2016 and full frames read beyond the detector. */
export function hasVirtualOverscan(overscan: Overscan | undefined): boolean {
  return overscan?.trimY1 === virtualLines || overscan?.trimY2 === virtualLines;
}

function overscanOf(table: CalibrationTable, row: number): Overscan {
  const range = (name: string): PixelRange => ({
    first: table.number(`${name}1`, row) - 1,
    last: table.number(`${name}2`, row) - 1,
  });
  return {
    trimX1: table.number('TRIMX1', row),
    trimX2: table.number('TRIMX2', row),
    trimY1: table.number('TRIMY1', row),
    trimY2: table.number('TRIMY2', row),
    virtualX: range('VX'),
    virtualY: range('VY'),
    sectionA: range('BIASSECTA'),
    sectionB: range('BIASSECTB'),
  };
}
