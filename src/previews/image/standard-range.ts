import type { ImageChannel } from './image-channel.ts';
import { findValueRange } from './find-value-range.ts';
import type { ValueRange } from './value-range.ts';

/** What the pixels of an image allow to be drawn. */
export type StandardRange =
  | { readonly kind: 'stretch'; readonly range: ValueRange }
  /** All pixels have the same value. */
  | { readonly kind: 'constant' }
  /** There is no pixel. */
  | { readonly kind: 'empty' };

/**
 * Finds the range of an image in the standard style: that of `findValueRange`, or, where nearly all pixels are the same (a short exposure
 * of a photon counter), from the lowest to the highest value.
 */
export function standardRange(channel: ImageChannel): StandardRange {
  const { image, flagged } = channel;
  const range = findValueRange(image.pixels, { flagged }) ?? findValueRange(image.pixels);
  if (range === undefined) return { kind: 'empty' };
  if (range.low < range.high) return { kind: 'stretch', range };
  const whole = wholeRange(image.pixels);
  return whole.low < whole.high ? { kind: 'stretch', range: whole } : { kind: 'constant' };
}

function wholeRange(pixels: Float32Array): ValueRange {
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
