import type { FloatImage } from './float-image.ts';
import type { Picture } from './picture.ts';
import { turnOver } from './turn-over.ts';

/** The grey of an image that has one value throughout. */
const constantGrey = 128;

/**
 * Draws an image that cannot be stretched: every pixel in the same grey, missing ones white. Into the memory of its pixels, which
 * are gone then.
 */
export function drawFlat(image: FloatImage): Picture {
  const { width, height, pixels } = image;
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    bytes[index] = value === value ? constantGrey : 255;
  }
  turnOver(bytes, { width });
  return { width, height, channels: 1, bytes };
}
