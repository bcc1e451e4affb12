import { join } from 'node:path';
import { channelValues, type Channels } from '../image/channels.ts';
import { fitscutPictures } from '../image/fitscut-pictures.ts';
import type { ImageChannel } from '../image/image-channel.ts';
import { standardPictures } from '../image/standard-pictures.ts';
import { writePicture } from '../image/write-picture.ts';
import type { DrawingOptions, MadePreview, PreviewProblem, PreviewReport } from './preview-job.ts';
import { problemOf } from './problem-of.ts';

/**
 * Draws one image, or a composite, as thumbnail and in full size. A size that fails does not take the other with it.
 * Memory beside the images: for colour one picture.
 */
export async function drawImages(
  channels: Channels<ImageChannel>,
  options: DrawingOptions & {
    /** The files that the images are from. */
    readonly sources: readonly string[];
    readonly folder: string;
    readonly base: string;
    readonly thumbnail: number;
  },
): Promise<PreviewReport> {
  const { sources, style, format, folder, base, thumbnail } = options;
  const maker = style === 'fitscut' ? fitscutPictures(channels) : standardPictures(channels);
  const made: MadePreview[] = [];
  const problems: PreviewProblem[] = [];
  const orders = [
    { path: join(folder, `${base}_thumb.${format}`), draw: () => maker.thumbnail(thumbnail) },
    { path: join(folder, `${base}.${format}`), draw: () => maker.full() },
  ];
  for (const { path, draw } of orders) {
    try {
      const { picture, comment } = draw();
      made.push({ path, sources, size: await writePicture(picture, { path, format, comment }) });
    } catch (error) {
      problems.push(problemOf(error, { sources, path }));
    }
  }
  return { made, problems, notes: channelValues(channels).flatMap(({ notes }) => notes) };
}
