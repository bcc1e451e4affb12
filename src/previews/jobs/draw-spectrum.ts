import { basename, join } from 'node:path';
import { withFits } from '../../fits/fits-file.ts';
import { drawSpectrumPage } from '../spectrum/draw-spectrum-page.ts';
import { drawSpectrumThumb } from '../spectrum/draw-spectrum-thumb.ts';
import { pageDetails } from '../spectrum/page-details.ts';
import { readSpectrumProduct } from '../spectrum/read-spectrum-product.ts';
import { renderSvg } from '../spectrum/render-svg.ts';
import { writePreviewTable } from '../spectrum/write-preview-table.ts';
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
  const orders = [
    drawing(target('_thumb.png'), () => drawSpectrumThumb(thumb)),
    drawing(target('.png'), () => drawSpectrumPage(panels, { name, details })),
    ...(segments === undefined
      ? []
      : [
          {
            path: target('_prev.fits'),
            make: (to: string) => writePreviewTable(to, { source: name, segments, panels }),
          },
        ]),
  ];
  return makeAll(orders, path);
}

interface Order {
  readonly path: string;
  /** Makes the file and tells its size in bytes. */
  readonly make: (path: string) => Promise<number>;
}

function drawing(path: string, compose: () => string): Order {
  return {
    path,
    make: async (to) => {
      const png = await renderSvg(compose());
      await writePreview(to, png);
      return png.length;
    },
  };
}

async function makeAll(orders: readonly Order[], source: string): Promise<PreviewReport> {
  const made: MadePreview[] = [];
  const problems: PreviewProblem[] = [];
  for (const { path, make } of orders) {
    try {
      made.push({ path, sources: [source], size: await make(path) });
    } catch (error) {
      problems.push(problemOf(error, { sources: [source], path }));
    }
  }
  return { made, problems, notes: [] };
}
