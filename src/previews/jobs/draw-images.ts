import { join } from 'node:path';
import { withFits } from '../../fits/fits-file.ts';
import { channelValues, mapChannels, type Channels } from '../image/channels.ts';
import { fitscutPictures } from '../image/fitscut-pictures.ts';
import type { ImageChannel } from '../image/image-channel.ts';
import type { PixelMemory } from '../image/pixel-memory.ts';
import { readFitscutChannel } from '../image/read-fitscut-channel.ts';
import { readStandardChannel } from '../image/read-standard-channel.ts';
import { standardPictures } from '../image/standard-pictures.ts';
import { writePicture } from '../image/write-picture.ts';
import { withLeadingHdus } from '../image/with-leading-hdus.ts';
import type { PreviewStyle } from '../preview-style.ts';
import type { DrawingOptions, MadePreview, PreviewProblem, PreviewReport } from './preview-job.ts';
import { problemOf } from './problem-of.ts';

/**
 * Draws one image, or a composite, as thumbnail and in full size. A size that fails does not take the other with it.
 * Memory: the pixels of all images as single precision, and for colour one picture.
 */
export async function drawImages(
  paths: Channels<string>,
  options: DrawingOptions & {
    readonly folder: string;
    readonly base: string;
    readonly thumbnail: number;
    readonly memory: PixelMemory;
  },
): Promise<PreviewReport> {
  const { style, format, folder, base, thumbnail } = options;
  const sources = channelValues(paths);
  const channels = mapChannels(paths, (path) => readChannel(path, options));
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

function readChannel(
  path: string,
  options: { readonly style: PreviewStyle; readonly memory: PixelMemory },
): ImageChannel {
  switch (options.style) {
    case 'fitscut':
      return withLeadingHdus(path, (file) => readFitscutChannel(file, options));
    case 'standard':
      return withFits(path, (file) => readStandardChannel(file, options));
  }
}
