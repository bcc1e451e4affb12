import { wholeBlocks } from '../../fits/block.ts';
import { formatCard } from '../../fits/format-card.ts';
import { Header } from '../../fits/header.ts';
import { previewRowBytes, previewRows } from './preview-rows.ts';
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

const columns = [
  { name: 'wls', format: 'E', unit: 'angstrom' },
  { name: 'fls', format: 'D', unit: 'erg/s/cm**2/angstrom' },
  { name: 'flerrs', format: 'D', unit: 'erg/s/cm**2/angstrom' },
  { name: 'dq_wgts', format: 'I', unit: undefined },
  { name: 'segment', format: '4A', unit: undefined },
  { name: 'masked', format: 'I', unit: undefined },
] as const;

/**
 * Composes the FITS file with the preview table of COS: every sample of all segments, and for each segment the flux range of its
 * panel. Memory: the file, 28 bytes a sample.
 */
export function previewTable(table: PreviewTable): Buffer {
  const { segments, panels, source } = table;
  const rows = previewRows(segments);
  const primary = [
    ...formatCard('SIMPLE', { value: true, comment: 'conforms to FITS standard' }),
    ...formatCard('BITPIX', { value: 8, comment: 'array data type' }),
    ...formatCard('NAXIS', { value: 0, comment: 'number of array dimensions' }),
    ...formatCard('EXTEND', { value: true }),
    ...formatCard('ORIGFILE', { value: source, comment: 'the spectrum that this is a preview of' }),
  ];
  const extension = [
    ...structure(rows.length / previewRowBytes),
    ...segments.flatMap((segment, index) => rangeCards(segment.name, panels[index])),
  ];
  return Buffer.concat([
    ...[primary, extension].map((cards) => new Header(cards, { file: source }).toBytes()),
    rows,
    Buffer.alloc(wholeBlocks(rows.length) - rows.length),
  ]);
}

function structure(rows: number): readonly string[] {
  return [
    ...formatCard('XTENSION', { value: 'BINTABLE', comment: 'binary table extension' }),
    ...formatCard('BITPIX', { value: 8, comment: 'array data type' }),
    ...formatCard('NAXIS', { value: 2, comment: 'number of array dimensions' }),
    ...formatCard('NAXIS1', { value: previewRowBytes, comment: 'bytes of a row' }),
    ...formatCard('NAXIS2', { value: rows, comment: 'number of rows' }),
    ...formatCard('PCOUNT', { value: 0, comment: 'bytes of the heap' }),
    ...formatCard('GCOUNT', { value: 1, comment: 'number of groups' }),
    ...formatCard('TFIELDS', { value: columns.length, comment: 'number of columns' }),
    ...columns.flatMap(({ name, format, unit }, index) => [
      ...formatCard(`TTYPE${index + 1}`, { value: name }),
      ...formatCard(`TFORM${index + 1}`, { value: format }),
      ...(unit === undefined ? [] : formatCard(`TUNIT${index + 1}`, { value: unit })),
    ]),
  ];
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
