import type { NewColumn } from '../../../fits/new-column.ts';
import type { AmplifierName, Detector } from '../../detectors/detector.ts';
import type { ReferenceTable } from '../write-reference-table.ts';

/** One row: a chip read by some amplifiers. */
interface Row {
  readonly ccdamp: string;
  readonly chip: number;
  /** Columns, from the left, that the left amplifier reads. */
  readonly ampx: number;
}

const letters: readonly AmplifierName[] = ['A', 'B', 'C', 'D'];

/** CCDTAB: gain, read noise and level of the amplifiers. */
export function ccdTable(detector: Detector): ReferenceTable {
  const rows = rowsOf(detector);
  const all = (value: number): Int16Array => new Int16Array(rows.length).fill(value);
  const real = (value: (row: Row) => number): Float32Array => Float32Array.from(rows, value);
  const perAmplifier = (name: string, value: (letter: AmplifierName) => number): NewColumn[] =>
    letters.map((letter) => ({
      name: `${name}${letter}`,
      format: '1E',
      values: real(() => value(letter)),
    }));
  const of = (letter: AmplifierName) => detector.amplifiers[letter] ?? noAmplifier;
  return {
    name: 'CCDTAB',
    rows: rows.length,
    columns: [
      { name: 'CCDAMP', format: '4A', values: rows.map(({ ccdamp }) => ccdamp) },
      { name: 'CCDCHIP', format: '1I', values: Int16Array.from(rows, ({ chip }) => chip) },
      { name: 'CCDGAIN', format: '1E', values: real(() => 2) },
      { name: 'BINAXIS1', format: '1I', values: all(1) },
      { name: 'BINAXIS2', format: '1I', values: all(1) },
      ...letters.map((letter) => ({ name: `CCDOFST${letter}`, format: '1I', values: all(3) })),
      ...perAmplifier('CCDBIAS', (letter) => of(letter).level),
      ...perAmplifier('ATODGN', (letter) => of(letter).gain),
      ...perAmplifier('READNSE', (letter) => of(letter).readNoise),
      { name: 'AMPX', format: '1I', values: Int16Array.from(rows, ({ ampx }) => ampx) },
      { name: 'AMPY', format: '1I', values: all(0) },
      { name: 'ATODSAT', format: '1J', values: new Int32Array(rows.length).fill(65_535) },
      { name: 'SATURATE', format: '1E', values: real(() => detector.fullWell) },
      { name: 'OVRHFLS', format: '1E', values: real(() => overhead.flashed) },
      { name: 'OVRHUFLS', format: '1E', values: real(() => overhead.unflashed) },
    ],
  };
}

/** Seconds by which the dark time is longer than the exposure, with and without post-flash. */
export const overhead = { flashed: 4.75, unflashed: 1.35 } as const;

const noAmplifier = { level: 2500, gain: 2, readNoise: 5 };

function rowsOf({ name }: Detector): readonly Row[] {
  if (name === 'HRC') return [{ ccdamp: 'C', chip: 1, ampx: 0 }];
  return [
    { ccdamp: 'ABCD', chip: 1, ampx: 2048 },
    { ccdamp: 'ABCD', chip: 2, ampx: 2048 },
    { ccdamp: 'A', chip: 1, ampx: 4096 },
  ];
}
