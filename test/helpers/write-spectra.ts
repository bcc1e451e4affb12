import { formatCard, type WritableValue } from '../../src/fits/format-card.ts';
import { writeFits } from '../../src/fits/fits-writer.ts';
import { primaryHeader } from '../../src/fits/image-header.ts';
import type { NewColumn } from '../../src/fits/new-column.ts';
import { writeTable } from '../../src/fits/table-writer.ts';
import { seededRandom } from './seeded-random.ts';
import { simulatedSpectrum, type SimulatedSpectrum } from './simulated-spectrum.ts';

/** Writes an x1d of COS: two segments of 16384 samples, or three of 1274. */
export function writeCosSpectrum(path: string, detector: 'FUV' | 'NUV'): void {
  const random = seededRandom(4);
  const segments = cosSegments[detector];
  const rows = segments.list.map(({ first }) =>
    simulatedSpectrum({ first, ...segments.samples, random }),
  );
  const names = segments.list.map(({ name }) => name);
  const weights = rows.flatMap(({ flagged }) => Array.from(flagged, (flag) => 1 - flag));
  const columns: NewColumn[] = [
    { name: 'SEGMENT', format: '4A', values: names },
    ...sampleColumns(rows),
    { name: 'DQ_WGT', format: `${segments.samples.count}E`, values: Float32Array.from(weights) },
  ];
  const cards = { INSTRUME: 'COS', DETECTOR: detector, OPT_ELEM: segments.element, ...target };
  write(path, { cards, exposures: [{ rows: names.length, columns }] });
}

const target = { TARGNAME: 'SIMULATED', TEXPTIME: 1200.5 };

const cosSegments = {
  FUV: {
    element: 'G130M',
    samples: { count: 16_384, step: 0.00997, edge: 700 },
    list: [
      { name: 'FUVA', first: 1282 },
      { name: 'FUVB', first: 1128 },
    ],
  },
  NUV: {
    element: 'G185M',
    samples: { count: 1274, step: 0.0331, edge: 20 },
    list: [
      { name: 'NUVA', first: 1670 },
      { name: 'NUVB', first: 1770 },
      { name: 'NUVC', first: 1870 },
    ],
  },
} as const;

/** Writes an x1d or sx1 of STIS: as many exposures as asked for, with one order of the first order or 42 of an echelle. */
export function writeStisSpectrum(
  path: string,
  options: { readonly exposures: number; readonly orders: 'one' | 'echelle' },
): void {
  const random = seededRandom(5);
  const numbers = options.orders === 'one' ? [1] : Array.from({ length: 42 }, (_, i) => 86 + i);
  const exposures = Array.from({ length: options.exposures }, () => {
    const rows = numbers.map((number) => simulatedSpectrum({ ...placeOf(number), random }));
    const flags = rows.flatMap(({ flagged }) => Array.from(flagged, (flag) => 4 * flag));
    const columns: NewColumn[] = [
      { name: 'SPORDER', format: '1I', values: Int16Array.from(numbers) },
      ...sampleColumns(rows),
      ...['GROSS', 'BACKGROUND', 'NET'].map((name) => ({
        name,
        format: `${stisSamples}E`,
        values: new Float32Array(stisSamples * rows.length),
      })),
      { name: 'DQ', format: `${stisSamples}I`, values: Int16Array.from(flags) },
    ];
    return { rows: numbers.length, columns };
  });
  const echelle = { DETECTOR: 'FUV-MAMA', OPT_ELEM: 'E140M' };
  const element = options.orders === 'one' ? { DETECTOR: 'CCD', OPT_ELEM: 'G430L' } : echelle;
  write(path, { cards: { INSTRUME: 'STIS', ...element, ...target }, exposures });
}

const stisSamples = 1024;

/** Wavelengths of the orders of E140M: order times wavelength is the same in the middle of all; the first order is that of G430L. */
function placeOf(order: number): { first: number; step: number; count: number; edge: number } {
  if (order === 1) return { first: 2900, step: 2.73, count: stisSamples, edge: 10 };
  const middle = 147_060 / order;
  const step = middle / 91_700;
  return { first: middle - (step * stisSamples) / 2, step, count: stisSamples, edge: 20 };
}

function sampleColumns(rows: readonly SimulatedSpectrum[]): readonly NewColumn[] {
  const count = rows[0]?.flux.length ?? 0;
  return [
    {
      name: 'WAVELENGTH',
      format: `${count}D`,
      values: Float64Array.from(rows.flatMap(({ wavelength }) => [...wavelength])),
    },
    {
      name: 'FLUX',
      format: `${count}E`,
      values: Float32Array.from(rows.flatMap(({ flux }) => [...flux])),
    },
    {
      name: 'ERROR',
      format: `${count}E`,
      values: Float32Array.from(rows.flatMap(({ error }) => [...error])),
    },
  ];
}

function write(
  path: string,
  file: {
    readonly cards: Readonly<Record<string, WritableValue>>;
    readonly exposures: readonly {
      readonly rows: number;
      readonly columns: readonly NewColumn[];
    }[];
  },
): void {
  const cards = Object.entries(file.cards).flatMap(([keyword, value]) =>
    formatCard(keyword, { value }),
  );
  writeFits(path, (writer) => {
    writer.addHdu(primaryHeader({ cards }));
    file.exposures.forEach((table, index) => {
      writeTable(writer, { ...table, name: 'SCI', version: index + 1 });
    });
  });
}
