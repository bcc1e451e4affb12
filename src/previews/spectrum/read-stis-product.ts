import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { openTable } from '../../fits/table-reader.ts';
import { numbersOf } from '../../fits/table-rows.ts';
import { notASpectrum } from './not-a-spectrum.ts';
import { readSamples } from './read-samples.ts';
import type { NamedSpectrum } from './spectrum.ts';
import { spectrumPanel, type SpectrumPanel } from './spectrum-panel.ts';
import type { SpectrumProduct } from './spectrum-product.ts';

/** Data-quality values that do not flag a sample: none, and a high dark rate. */
const fineQuality: readonly number[] = [0, 16];
const mostPanels = 3;

/**
 * Reads an x1d or sx1 of STIS: every extension is an exposure, every row of it an order. Of more than three exposures the first,
 * the middle one and the last are shown; the thumbnail has the first.
 *
 * @throws CaldpError `PREVIEW_NOT_A_SPECTRUM`, FitsError.
 */
export function readStisProduct(file: FitsFile): SpectrumProduct {
  const exposures = file.hdus.slice(1);
  const panels = shownOf(exposures.length).flatMap((index) => {
    const hdu = exposures[index];
    if (hdu === undefined) return [];
    const orders = readOrders(file, hdu);
    const exposure = exposures.length === 1 ? '' : `Exposure ${index + 1} of ${exposures.length}, `;
    return [panelOf(orders, exposure)];
  });
  const [thumb] = panels;
  if (thumb !== undefined) return { panels, thumb, segments: undefined };
  throw notASpectrum(file.primary, 'it has no extension');
}

function shownOf(count: number): readonly number[] {
  if (count <= mostPanels) return Array.from({ length: count }, (_, index) => index);
  // Half of an odd count is rounded to the even number.
  const middle = 2 * Math.round(count / 4);
  return [0, count % 2 === 0 ? count / 2 : middle, count - 1];
}

function readOrders(file: FitsFile, hdu: Hdu): readonly NamedSpectrum[] {
  const table = openTable(file, hdu);
  if (table.rows === 0) throw notASpectrum(hdu, 'its table has no rows');
  const numbers = table.hasColumn('SPORDER') ? numbersOf(table, 'SPORDER') : undefined;
  const quality = { column: 'DQ', isBad: (flags: number) => !fineQuality.includes(flags) };
  return readSamples(table, { quality }).map((samples, row) => ({
    name: String(numbers?.[row] ?? row + 1),
    ...samples,
  }));
}

function panelOf(orders: readonly NamedSpectrum[], exposure: string): SpectrumPanel {
  const first = orders[0]?.name ?? '';
  const last = orders.at(-1)?.name ?? '';
  const named = orders.length === 1 ? `order ${first}` : `orders ${first} to ${last}`;
  const title = `${exposure}${named}`;
  return spectrumPanel(orders, {
    title: title.charAt(0).toUpperCase() + title.slice(1),
    edges: 'cut',
  });
}
