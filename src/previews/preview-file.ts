import { basename, dirname } from 'node:path';
import type { DrawingOptions } from './jobs/preview-job.ts';
import type { PreviewPool } from './jobs/preview-pool.ts';
import { previewBase } from './preview-plan.ts';
import type { PreviewsMade } from './previews-made.ts';
import { runJobs } from './run-jobs.ts';

/** What is needed to make the previews of one file. */
export interface PreviewFileOptions extends DrawingOptions {
  readonly pool: PreviewPool;
  /** The folder that the previews go into; default that of the file. */
  readonly out?: string;
  /** Long side of the thumbnail of an image, in pixels; default 128. */
  readonly thumbnail?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the previews of any FITS file: an extracted spectrum of COS or STIS as plots, else its image as thumbnail and in full
 * size. Spectra are PNG in any case.
 *
 * @throws the reason of the signal where that aborts. What is wrong with the file stands in the result.
 * @example
 * const pool = createPreviewPool();
 * const { made } = await previewFile('j8bt06nyq_flt.fits', { pool, style: 'standard', format: 'jpg' });
 * made.map(({ path }) => path); // ['j8bt06nyq_flt_thumb.jpg', 'j8bt06nyq_flt.jpg']
 */
export async function previewFile(
  path: string,
  options: PreviewFileOptions,
): Promise<PreviewsMade> {
  const { out = dirname(path), thumbnail = 128, style, format } = options;
  const base = previewBase(basename(path));
  return runJobs(
    [{ kind: 'product', path, base, expected: 'either', thumbnail, folder: out, style, format }],
    options,
  );
}
