import { channelValues, mapChannels, type Channels } from './channels.ts';
import { drawChannels } from './draw-channels.ts';
import type { ImageChannel } from './image-channel.ts';
import type { PictureMaker } from './picture-maker.ts';
import { requireSameSize } from './require-same-size.ts';
import { shrinkToSize } from './shrink-to-size.ts';
import { valueRange } from './value-range.ts';
import { worldCoordinates } from './world-coordinates.ts';

/**
 * Draws as `fitscut` does with the options of CALDP: every size is resampled first and then stretched by its own range.
 * Drawing throws CaldpError `PREVIEW_SIZES_DIFFER` where the images of a composite do not have the same size then.
 */
export function fitscutPictures(channels: Channels<ImageChannel>): PictureMaker {
  return (size) => {
    const ranged = mapChannels(channels, ({ image, missing, header }) => {
      const shrunk = shrinkToSize(image, { size, missing });
      const range = valueRange(shrunk.image.pixels) ?? { low: 0, high: 0 };
      return { ...shrunk, range, header };
    });
    const [first] = requireSameSize(channelValues(ranged));
    const { header, zoom } = first;
    return { picture: drawChannels(ranged), comment: worldCoordinates(header, { zoom }) };
  };
}
