import type { FitsError } from '../../fits/fits-error.ts';
import type { FitsFile } from '../../fits/fits-file.ts';
import type { ImageChannel } from '../image/image-channel.ts';
import type { PixelMemory } from '../image/pixel-memory.ts';
import { readFitscutChannel } from '../image/read-fitscut-channel.ts';
import { readStandardChannel } from '../image/read-standard-channel.ts';
import type { PreviewStyle } from '../preview-style.ts';

/**
 * Reads the image that a style draws.
 *
 * @param options.damage - what is wrong with the file behind its HDUs, which only style `fitscut` puts up with.
 * @throws CaldpError `PREVIEW_NO_IMAGE`, `PREVIEW_TOO_LARGE`; FitsError.
 */
export function readChannel(
  file: FitsFile,
  options: {
    readonly style: PreviewStyle;
    readonly memory: PixelMemory;
    readonly damage: FitsError | undefined;
  },
): ImageChannel {
  const { style, damage } = options;
  switch (style) {
    case 'fitscut':
      return readFitscutChannel(file, options);
    case 'standard':
      if (damage !== undefined) throw damage;
      return readStandardChannel(file, options);
  }
}
