import { stat } from 'node:fs/promises';
import { formatCard } from '../../fits/format-card.ts';
import { writeFits } from '../../fits/fits-writer.ts';
import { Header } from '../../fits/header.ts';
import { writeTable } from '../../fits/table-writer.ts';
import type { NewColumn } from '../../fits/new-column.ts';
import { airglow } from './flux-range.ts';
import type { SpectrumPanel } from './spectrum-panel.ts';
import type { CosSegment } from './spectrum-product.ts';

/** What the table holds. */
export interface PreviewTable {
  /** The name of the product. */
  readonly source: string;
  readonly segments: readonly CosSegment[];
  /** In the order of the segments. */
  readonly panels: readonly SpectrumPanel[];
}

/**
 * Writes the preview table of COS: every sample of all segments, and for each segment the flux range of its panel.
 *
 * @returns the size of the file in bytes.
 */
export async function writePreviewTable(path: string, table: PreviewTable): Promise<number> {
  const { segments, panels, source } = table;
  const rows = segments.reduce((sum, { flux }) => sum + flux.length, 0);
  const primary = [
    ...formatCard('SIMPLE', { value: true, comment: 'conforms to FITS standard' }),
    ...formatCard('BITPIX', { value: 8, comment: 'array data type' }),
    ...formatCard('NAXIS', { value: 0, comment: 'number of array dimensions' }),
    ...formatCard('EXTEND', { value: true }),
    ...formatCard('ORIGFILE', { value: source, comment: 'the spectrum that this is a preview of' }),
  ];
  const cards = segments.flatMap((segment, index) => rangeCards(segment.name, panels[index]));
  writeFits(path, (writer) => {
    writer.addHdu(new Header(primary, { file: path }));
    writeTable(writer, { columns: columnsOf(segments), rows, cards });
  });
  return (await stat(path)).size;
}

function rangeCards(name: string, panel: SpectrumPanel | undefined): readonly string[] {
  if (panel?.flux === undefined) return [];
  const { low, high } = panel.flux;
  return [
    ...formatCard(`${name}YMIN`, {
      value: { real: low },
      comment: `Suggested min. for ${name} y-axis plot range.`,
    }),
    ...formatCard(`${name}YMAX`, {
      value: { real: high },
      comment: `Suggested max. for ${name} y-axis plot range.`,
    }),
  ];
}

function columnsOf(segments: readonly CosSegment[]): readonly NewColumn[] {
  const all = (values: (segment: CosSegment) => Float64Array): readonly number[] =>
    segments.flatMap((segment) => [...values(segment)]);
  const wavelengths = all(({ wavelength }) => wavelength);
  const flux = { format: 'D', unit: 'erg/s/cm**2/angstrom' };
  const isMasked = (at: number): boolean => at >= airglow.low && at <= airglow.high;
  return [
    { name: 'wls', format: 'E', unit: 'angstrom', values: Float32Array.from(wavelengths) },
    { name: 'fls', ...flux, values: Float64Array.from(all((segment) => segment.flux)) },
    { name: 'flerrs', ...flux, values: Float64Array.from(all((segment) => segment.error)) },
    { name: 'dq_wgts', format: 'I', values: Int16Array.from(all(({ weight }) => weight)) },
    {
      name: 'segment',
      format: '4A',
      values: segments.flatMap(({ name, flux: { length } }) => Array<string>(length).fill(name)),
    },
    {
      name: 'masked',
      format: 'I',
      values: Int16Array.from(wavelengths, (at) => (isMasked(at) ? 1 : 0)),
    },
  ];
}
