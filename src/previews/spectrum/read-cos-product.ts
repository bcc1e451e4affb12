import type { FitsFile } from '../../fits/fits-file.ts';
import { openTable, type Table } from '../../fits/table-reader.ts';
import { stringsOf } from '../../fits/table-rows.ts';
import { notASpectrum } from './not-a-spectrum.ts';
import { readSamples } from './read-samples.ts';
import { spectrumPanel } from './spectrum-panel.ts';
import type { CosSegment, SpectrumProduct } from './spectrum-product.ts';

/** The sets of segments that a table can hold, bluest first. */
const segmentSets = [['FUVA'], ['FUVB'], ['FUVB', 'FUVA'], ['NUVA', 'NUVB', 'NUVC']] as const;

/** Below this, FUVB with G140L has no sensitivity: in ångström. */
const shortestG140l = 900;

/**
 * Reads an x1d or x1dsum of COS: one panel a segment, bluest first; the thumbnail has them stitched.
 *
 * @throws CaldpError `PREVIEW_NOT_A_SPECTRUM`, FitsError.
 */
export function readCosProduct(file: FitsFile): SpectrumProduct {
  const hdu = file.hdus[1] ?? file.primary;
  const table = openTable(file, hdu);
  const names = stringsOf(table, 'SEGMENT').map((name) => name.trim());
  const order = segmentSets.find(
    (set) => set.length === names.length && set.every((name) => names.includes(name)),
  );
  if (order === undefined) {
    throw notASpectrum(
      hdu,
      `expected the segments FUVA, FUVB, both, or NUVA, NUVB and NUVC, found ${names.join(', ') || 'none'}`,
    );
  }
  const element = file.primary.header.string('OPT_ELEM', { default: '' });
  const rows = readSegments(table, names);
  const segments = order
    .flatMap((name) => rows.find((segment) => segment.name === name) ?? [])
    .map((segment) =>
      element === 'G140L' && segment.name === 'FUVB' ? withoutDark(segment) : segment,
    );
  return {
    panels: segments.map((segment) =>
      spectrumPanel([segment], { title: segment.name, edges: 'whole' }),
    ),
    thumb: spectrumPanel(segments, { title: names.join(', '), edges: 'cut' }),
    segments,
  };
}

/** Reads all rows, each of which is a segment. */
function readSegments(table: Table, names: readonly string[]): readonly CosSegment[] {
  const quality = { column: 'DQ_WGT', isBad: (weight: number) => weight < 1 };
  return readSamples(table, { quality }).map(({ quality: weight, ...samples }, row) => ({
    name: names[row] ?? '',
    ...samples,
    weight,
  }));
}

/** Leaves out what lies below the shortest wavelength; nothing where that would be everything. */
function withoutDark(segment: CosSegment): CosSegment {
  const kept = segment.wavelength.map((wavelength) => (wavelength >= shortestG140l ? 1 : 0));
  if (!kept.includes(1)) return segment;
  const isKept = (_: number, index: number): boolean => kept[index] === 1;
  return {
    name: segment.name,
    wavelength: segment.wavelength.filter(isKept),
    flux: segment.flux.filter(isKept),
    error: segment.error.filter(isKept),
    bad: segment.bad.filter(isKept),
    weight: segment.weight.filter(isKept),
  };
}
