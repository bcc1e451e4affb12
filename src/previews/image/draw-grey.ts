import type { FloatImage } from './float-image.ts';
import { exactLevel, greyLevels, writeLevels } from './grey-levels.ts';
import type { Picture } from './picture.ts';
import type { ValueRange } from './value-range.ts';

/** Draws an image in grey, stretched over `range`. */
export function drawGrey(image: FloatImage, options: { readonly range: ValueRange }): Picture {
  const { width, height, pixels } = image;
  const { range } = options;
  const levels = range.low < range.high ? greyLevels(range) : undefined;
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * width, (y + 1) * width);
    // A FITS image begins at the bottom, a picture at the top.
    const target = (height - 1 - y) * width;
    if (levels !== undefined) writeLevels(row, { bytes, target, levels });
    else
      bytes.set(
        Uint8Array.from(row, (value) => exactLevel(value, range)),
        target,
      );
  }
  return { width, height, channels: 1, bytes };
}
