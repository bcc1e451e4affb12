import type { FloatImage } from './float-image.ts';
import { exactLevel, greyLevels, writeLevels } from './grey-levels.ts';
import type { Picture } from './picture.ts';
import { turnOver } from './turn-over.ts';
import type { ValueRange } from './value-range.ts';

/**
 * Draws an image in grey, stretched over `range`, into the memory of its pixels, which are gone then: a byte is never written
 * behind the pixel that is read.
 */
export function drawGrey(image: FloatImage, options: { readonly range: ValueRange }): Picture {
  const { width, height, pixels } = image;
  const { range } = options;
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  const levels = range.low < range.high ? greyLevels(range) : undefined;
  if (levels !== undefined) writeLevels(pixels, { bytes, levels });
  else {
    for (let index = 0; index < pixels.length; index++) {
      bytes[index] = exactLevel(pixels[index] ?? NaN, range);
    }
  }
  turnOver(bytes, { width });
  return { width, height, channels: 1, bytes };
}
