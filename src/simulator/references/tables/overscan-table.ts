import type { Detector } from '../../detectors/detector.ts';
import type { ReferenceTable } from '../write-reference-table.ts';

/** How one kind of readout is cut, in the words of the table; places are counted from 1. */
interface Row {
  readonly ccdamp: string;
  readonly chip: number;
  readonly size: readonly [number, number];
  /** Columns and lines to cut off: left, right, bottom, top. */
  readonly trim: readonly [number, number, number, number];
  /** First and last column, first and last line of the virtual overscan; zeros for none. */
  readonly virtual: readonly [number, number, number, number];
  /** First and last column of the physical overscan on the left and on the right; zeros for none. */
  readonly physical: readonly [number, number, number, number];
}

const rows: Readonly<Record<Detector['name'], readonly Row[]>> = {
  HRC: [
    {
      ccdamp: 'C',
      chip: 1,
      size: [1062, 1044],
      trim: [19, 19, 0, 20],
      virtual: [20, 1043, 1027, 1044],
      physical: [4, 18, 1045, 1059],
    },
  ],
  WFC: [
    {
      ccdamp: 'ABCD',
      chip: 1,
      size: [4144, 2068],
      trim: [24, 24, 20, 0],
      virtual: [25, 4120, 1, 19],
      physical: [19, 24, 4121, 4126],
    },
    {
      ccdamp: 'ABCD',
      chip: 2,
      size: [4144, 2068],
      trim: [24, 24, 0, 20],
      virtual: [25, 4120, 2050, 2068],
      physical: [19, 24, 4121, 4126],
    },
    {
      ccdamp: 'A',
      chip: 1,
      size: [1048, 1024],
      trim: [24, 0, 0, 0],
      virtual: [0, 0, 0, 0],
      physical: [4, 24, 0, 0],
    },
  ],
  SBC: [],
};

/** OSCNTAB: where the overscan of a readout is. */
export function overscanTable({ name }: Detector): ReferenceTable {
  const of = rows[name];
  const column = (title: string, value: (row: Row) => number) => ({
    name: title,
    format: '1I',
    values: Int16Array.from(of, value),
  });
  return {
    name: 'OSCNTAB',
    rows: of.length,
    columns: [
      { name: 'CCDAMP', format: '4A', values: of.map(({ ccdamp }) => ccdamp) },
      column('CCDCHIP', ({ chip }) => chip),
      column('BINX', () => 1),
      column('BINY', () => 1),
      column('NX', ({ size }) => size[0]),
      column('NY', ({ size }) => size[1]),
      column('TRIMX1', ({ trim }) => trim[0]),
      column('TRIMX2', ({ trim }) => trim[1]),
      column('TRIMY1', ({ trim }) => trim[2]),
      column('TRIMY2', ({ trim }) => trim[3]),
      column('VX1', ({ virtual }) => virtual[0]),
      column('VX2', ({ virtual }) => virtual[1]),
      column('VY1', ({ virtual }) => virtual[2]),
      column('VY2', ({ virtual }) => virtual[3]),
      column('BIASSECTA1', ({ physical }) => physical[0]),
      column('BIASSECTA2', ({ physical }) => physical[1]),
      column('BIASSECTB1', ({ physical }) => physical[2]),
      column('BIASSECTB2', ({ physical }) => physical[3]),
    ],
  };
}
