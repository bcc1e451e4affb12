import type { FloatImage } from './float-image.ts';
import type { Picture } from './picture.ts';

/** The grey of an image that has one value throughout. */
const constantGrey = 128;

/** Draws an image that cannot be stretched: every pixel in the same grey, missing ones white. */
export function drawFlat(image: FloatImage): Picture {
  const { width, height, pixels } = image;
  const bytes = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = pixels[(height - 1 - y) * width + x] ?? NaN;
      if (value === value) bytes[y * width + x] = constantGrey;
    }
  }
  return { width, height, channels: 1, bytes };
}
