import { basename, join } from 'node:path';
import { withFits } from '../../fits/fits-file.ts';
import { drawSpectrumPage } from '../spectrum/draw-spectrum-page.ts';
import { drawSpectrumThumb } from '../spectrum/draw-spectrum-thumb.ts';
import { pageDetails } from '../spectrum/page-details.ts';
import { previewTable } from '../spectrum/preview-table.ts';
import { readSpectrumProduct } from '../spectrum/read-spectrum-product.ts';
import { renderSvg } from '../spectrum/render-svg.ts';
import type { MadePreview, PreviewProblem, PreviewReport } from './preview-job.ts';
import { problemOf } from './problem-of.ts';
import { writePreview } from './write-preview.ts';

/**
 * Draws a spectral product: thumbnail, page, and for COS the table of what is drawn. One that fails does not take the others
 * with it. Memory: the samples and a picture of 1024 by 1024.
 */
export async function drawSpectrum(
  path: string,
  options: { readonly folder: string; readonly base: string },
): Promise<PreviewReport> {
  const { product, details } = withFits(path, (file) => ({
    product: readSpectrumProduct(file),
    details: pageDetails(file),
  }));
  const { panels, thumb, segments } = product;
  const name = basename(path);
  const target = (ending: string): string => join(options.folder, `${options.base}${ending}`);
  const draw = (compose: () => string) => (): Promise<Buffer> => renderSvg(compose());
  const orders: Order[] = [
    { path: target('_thumb.png'), make: draw(() => drawSpectrumThumb(thumb)) },
    { path: target('.png'), make: draw(() => drawSpectrumPage(panels, { name, details })) },
  ];
  if (segments !== undefined) {
    const make = (): Buffer => previewTable({ source: name, segments, panels });
    orders.push({ path: target('_prev.fits'), make });
  }
  return makeAll(orders, path);
}

interface Order {
  readonly path: string;
  /** Makes the content of the file. */
  readonly make: () => Buffer | Promise<Buffer>;
}

/** Makes what was ordered; while one picture is encoded, the next is drawn. */
async function makeAll(orders: readonly Order[], source: string): Promise<PreviewReport> {
  const results = await Promise.all(orders.map((order) => makeOne(order, source)));
  return {
    made: results.flatMap(({ made }) => made ?? []),
    problems: results.flatMap(({ problem }) => problem ?? []),
    notes: [],
  };
}

async function makeOne(
  { path, make }: Order,
  source: string,
): Promise<{ readonly made?: MadePreview; readonly problem?: PreviewProblem }> {
  try {
    const bytes = await make();
    await writePreview(path, bytes);
    return { made: { path, sources: [source], size: bytes.length } };
  } catch (error) {
    return { problem: problemOf(error, { sources: [source], path }) };
  }
}
