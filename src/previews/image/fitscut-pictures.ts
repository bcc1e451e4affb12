import { channelValues, mapChannels, type Channels } from './channels.ts';
import { drawChannels } from './draw-channels.ts';
import type { FloatImage } from './float-image.ts';
import type { ImageChannel } from './image-channel.ts';
import type { CommentedPicture, PictureMaker } from './picture-maker.ts';
import { requireSameSize } from './require-same-size.ts';
import { shrinkToSize } from './shrink-to-size.ts';
import type { ShrunkImage } from './shrunk-image.ts';
import { findValueRange } from './find-value-range.ts';
import { worldCoordinates } from './world-coordinates.ts';

/**
 * Draws as `fitscut` does with the options of CALDP: every size is resampled first and then stretched by its own range.
 * Drawing throws CaldpError `PREVIEW_SIZES_DIFFER` where the images of a composite do not have the same size then.
 */
export function fitscutPictures(channels: Channels<ImageChannel>): PictureMaker {
  return {
    thumbnail: (size) =>
      draw(channels, ({ image, missing }) =>
        ownMemory(shrinkToSize(image, { size, missing }), image),
      ),
    full: () => draw(channels, ({ image }) => ({ image, zoom: 1 })),
  };
}

function draw(
  channels: Channels<ImageChannel>,
  resample: (channel: ImageChannel) => ShrunkImage,
): CommentedPicture {
  const ranged = mapChannels(channels, (channel) => {
    const { image, zoom } = resample(channel);
    const range = findValueRange(image.pixels) ?? { low: 0, high: 0 };
    return { image, zoom, range, header: channel.header };
  });
  const [{ header, zoom }] = requireSameSize(channelValues(ranged));
  return { picture: drawChannels(ranged), comment: worldCoordinates(header, { zoom }) };
}

/** An image that had the size already is copied, because drawing uses up the pixels. */
function ownMemory(shrunk: ShrunkImage, original: FloatImage): ShrunkImage {
  if (shrunk.image.pixels !== original.pixels) return shrunk;
  return { ...shrunk, image: { ...original, pixels: original.pixels.slice() } };
}
