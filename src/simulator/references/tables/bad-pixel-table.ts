import type { Detector } from '../../detectors/detector.ts';
import type { ChipModel } from '../chip-model.ts';
import type { ReferenceTable } from '../write-reference-table.ts';

/** Data quality bit of a bad detector pixel. */
const badPixel = 4;

/** BPIXTAB: the bad columns of all chips; places are counted from 1 on the light-sensitive part. */
export function badPixelTable(
  { chips }: Detector,
  { models }: { readonly models: readonly ChipModel[] },
): ReferenceTable {
  const bad = models.flatMap(({ chip, badColumns }) =>
    badColumns.map((column) => ({ ...column, chip: chip.number })),
  );
  const all = (value: number): Int16Array => new Int16Array(bad.length).fill(value);
  const light = chips[0]?.light ?? { width: 0, height: 0 };
  return {
    name: 'BPIXTAB',
    rows: bad.length,
    columns: [
      { name: 'CCDAMP', format: '4A', values: bad.map(() => 'N/A') },
      { name: 'CCDCHIP', format: '1I', values: Int16Array.from(bad, ({ chip }) => chip) },
      { name: 'CCDGAIN', format: '1E', values: new Float32Array(bad.length).fill(-999) },
      { name: 'PIX1', format: '1J', values: Int32Array.from(bad, ({ x }) => x + 1) },
      { name: 'PIX2', format: '1J', values: Int32Array.from(bad, ({ from }) => from + 1) },
      { name: 'LENGTH', format: '1J', values: Int32Array.from(bad, ({ from, to }) => to - from) },
      { name: 'AXIS', format: '1I', values: all(2) },
      { name: 'VALUE', format: '1I', values: all(badPixel) },
    ],
    cards: [
      ['SIZAXIS1', light.width, 'columns that the table is for'],
      ['SIZAXIS2', light.height, 'lines that the table is for'],
    ],
  };
}
