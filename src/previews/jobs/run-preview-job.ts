import { basename } from 'node:path';
import { channelValues, mapChannels } from '../image/channels.ts';
import type { PixelMemory } from '../image/pixel-memory.ts';
import { withLeadingHdus } from '../image/with-leading-hdus.ts';
import { drawImages } from './draw-images.ts';
import type { ColorJob, PreviewJob, PreviewReport, ProductJob } from './preview-job.ts';
import { problemOf } from './problem-of.ts';
import { productKind } from './product-kind.ts';
import { readChannel } from './read-channel.ts';

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
    return await (job.kind === 'product' ? runProduct(job, memory) : runColor(job, memory));
  } catch (error) {
    return { made: [], problems: [problemOf(error, { sources })], notes: [] };
  } finally {
    memory.takeBack();
  }
}

async function runProduct(job: ProductJob, memory: PixelMemory): Promise<PreviewReport> {
  const { path } = job;
  // The file is opened once for both, since a packed one is unpacked then.
  const shown = withLeadingHdus(path, (file, damage) => {
    const kind = productKind(file, job);
    if (kind.kind !== 'image') return kind;
    return { ...kind, grey: readChannel(file, { ...job, memory, damage }) };
  });
  switch (shown.kind) {
    case 'image':
      return drawImages({ kind: 'grey', grey: shown.grey }, { ...job, sources: [path] });
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

function runColor(job: ColorJob, memory: PixelMemory): Promise<PreviewReport> {
  const channels = mapChannels(job.paths, (path) =>
    withLeadingHdus(path, (file, damage) => readChannel(file, { ...job, memory, damage })),
  );
  return drawImages(channels, { ...job, sources: channelValues(job.paths) });
}
