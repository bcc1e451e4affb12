import { colorPixel } from './color-pixel.ts';
import type { FloatImage } from './float-image.ts';
import type { Picture } from './picture.ts';
import { positionInRange, whiteLevel } from './stretch.ts';
import type { ValueRange } from './value-range.ts';

/** One colour of a composite: an image and the range it is stretched over. */
export interface ColorChannel {
  readonly image: FloatImage;
  readonly range: ValueRange;
}

/** Images of the same size, one a colour; without green, green is the mean of the others. */
export interface ColorChannels {
  readonly red: ColorChannel;
  readonly green?: ColorChannel;
  readonly blue: ColorChannel;
}

/**
 * Draws two or three images as one in colour. All colours of a pixel are stretched by the same factor, so that the hue stays.
 * A pixel missing in some images has none of their colours; one missing in all is white.
 */
export function drawColor(channels: ColorChannels): Picture {
  const { width, height } = channels.red.image;
  const bytes = new Uint8Array(3 * width * height);
  drawPixels(bytes, { width, ...channels });
  if (channels.green === undefined) meanIntoGreen(bytes);
  return { width, height, channels: 3, bytes };
}

/** Draws rows from the last to the first: a FITS image begins at the bottom, a picture at the top. */
function drawPixels(bytes: Uint8Array, options: ColorChannels & { readonly width: number }): void {
  const { width, red, green, blue } = options;
  const put = colorPixel({ scale: Math.fround(255 / whiteLevel[green === undefined ? 2 : 3]) });
  let target = 0;
  for (let row = bytes.length / 3 - width; row >= 0; row -= width) {
    for (let pixel = row; pixel < row + width; pixel++, target += 3) {
      const r = red.image.pixels[pixel] ?? NaN;
      const g = green?.image.pixels[pixel] ?? NaN;
      const b = blue.image.pixels[pixel] ?? NaN;
      if (r !== r && g !== g && b !== b) bytes.fill(255, target, target + 3);
      else {
        put(bytes, {
          target,
          red: r === r ? positionInRange(r, red.range) : 0,
          green: green !== undefined && g === g ? positionInRange(g, green.range) : 0,
          blue: b === b ? positionInRange(b, blue.range) : 0,
        });
      }
    }
  }
}

function meanIntoGreen(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 3) {
    bytes[index + 1] = ((bytes[index] ?? 0) + (bytes[index + 2] ?? 0)) >> 1;
  }
}
