import { areaMean } from './area-mean.ts';
import { channelValues, mapChannels, type Channels } from './channels.ts';
import { drawChannels } from './draw-channels.ts';
import type { ColorChannel } from './draw-color.ts';
import { drawFlat } from './draw-flat.ts';
import type { FloatImage } from './float-image.ts';
import type { ImageChannel } from './image-channel.ts';
import type { Picture } from './picture.ts';
import type { CommentedPicture, PictureMaker } from './picture-maker.ts';
import { requireSameSize } from './require-same-size.ts';
import { standardRange, type StandardRange } from './standard-range.ts';
import { worldCoordinates } from './world-coordinates.ts';

/**
 * Draws in the standard style: every size with the range of the whole image, smaller and larger ones resampled by area. An image
 * of one value is middle grey, one without pixels white.
 *
 * @throws CaldpError `PREVIEW_SIZES_DIFFER` where the images of a composite do not have the same size.
 */
export function standardPictures(channels: Channels<ImageChannel>): PictureMaker {
  const [{ header, image }] = requireSameSize(channelValues(channels));
  const ranges = mapChannels(channels, (channel) => ({ channel, range: standardRange(channel) }));
  const longest = Math.max(image.width, image.height);
  const drawWith = (zoom: number, resample: (from: FloatImage) => FloatImage): CommentedPicture => {
    const sized = mapChannels(ranges, ({ channel, range }) => ({
      image: resample(channel.image),
      range,
    }));
    return { picture: draw(sized), comment: worldCoordinates(header, { zoom }) };
  };
  return {
    thumbnail: (size) => drawWith(size / longest, (from) => areaMean(from, { size })),
    full: () => drawWith(1, (from) => from),
  };
}

interface Sized {
  readonly image: FloatImage;
  readonly range: StandardRange;
}

function draw(channels: Channels<Sized>): Picture {
  if (channels.kind === 'grey' && channels.grey.range.kind !== 'stretch') {
    return drawFlat(channels.grey.image);
  }
  return drawChannels(mapChannels(channels, stretched));
}

/** In a composite, an image of one value has none of its colour. */
function stretched({ image, range }: Sized): ColorChannel {
  if (range.kind === 'stretch') return { image, range: range.range };
  const value = image.pixels.find((pixel) => pixel === pixel) ?? 0;
  return { image, range: { low: value, high: Infinity } };
}
