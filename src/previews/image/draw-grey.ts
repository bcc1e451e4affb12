import type { FloatImage } from './float-image.ts';
import { greyLevels } from './grey-levels.ts';
import type { Picture } from './picture.ts';
import type { ValueRange } from './value-range.ts';

/** Draws an image in grey, stretched over `range`. */
export function drawGrey(image: FloatImage, options: { readonly range: ValueRange }): Picture {
  const { width, height, pixels } = image;
  const level = greyLevels(options.range);
  const bytes = new Uint8Array(width * height);
  let target = 0;
  // A FITS image begins at the bottom, a picture at the top.
  for (let y = height - 1; y >= 0; y--) {
    const start = y * width;
    for (let x = start; x < start + width; x++) bytes[target++] = level(pixels[x] ?? NaN);
  }
  return { width, height, channels: 1, bytes };
}
