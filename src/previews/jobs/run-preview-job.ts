import { basename } from 'node:path';
import { channelValues } from '../image/channels.ts';
import type { PixelMemory } from '../image/pixel-memory.ts';
import { withLeadingHdus } from '../image/with-leading-hdus.ts';
import { drawImages } from './draw-images.ts';
import type { PreviewJob, PreviewReport, ProductJob } from './preview-job.ts';
import { problemOf } from './problem-of.ts';
import { productKind } from './product-kind.ts';

/**
 * Makes the previews of a job and writes them. Never rejects: what went wrong stands in the report. Blocks the thread that it
 * runs in, which is why it runs in a worker.
 *
 * @param options.memory - where the pixels go; for one job at a time.
 */
export async function runPreviewJob(
  job: PreviewJob,
  { memory }: { readonly memory: PixelMemory },
): Promise<PreviewReport> {
  const sources = job.kind === 'product' ? [job.path] : channelValues(job.paths);
  try {
    return job.kind === 'product'
      ? await runProduct(job, memory)
      : await drawImages(job.paths, { ...job, memory });
  } catch (error) {
    return { made: [], problems: [problemOf(error, { sources })], notes: [] };
  } finally {
    memory.takeBack();
  }
}

async function runProduct(job: ProductJob, memory: PixelMemory): Promise<PreviewReport> {
  const { path } = job;
  const shown = withLeadingHdus(path, (file) => productKind(file, job));
  switch (shown.kind) {
    case 'image':
      return drawImages({ kind: 'grey', grey: path }, { ...job, memory });
    case 'spectrum': {
      // Most threads never draw a spectrum; the renderer and its font would only take memory there.
      const { drawSpectrum } = await import('./draw-spectrum.ts');
      return drawSpectrum(path, job);
    }
    case 'nothing': {
      const note = `\`${basename(path)}\` has no preview: ${shown.reason}.`;
      return { made: [], problems: [], notes: [note] };
    }
  }
}
