import type { ValueRange } from './value-range.ts';

/** The level that is drawn white, by the number of colours; the lower it is the brighter the picture. */
export const whiteLevel = { 1: 0.7, 2: 0.4, 3: 0.33 } as const;

/** Where a pixel lies in its range: 0 at the low end, 1 at the high end. Single precision. */
export function positionInRange(value: number, range: ValueRange): number {
  return Math.fround((value - range.low) / (range.high - range.low));
}

/**
 * The factor that the positions of a pixel in all its colours are multiplied by: asinh(3 S) / 3 S for their sum S,
 * reduced where the brightest colour would exceed 1, so that the hue stays.
 */
export function stretchFactor(sum: number, brightest: number): number {
  const factor = sum === 0 ? 1 : Math.asinh(3 * sum) / (3 * sum);
  return brightest * factor > 1 ? factor / (brightest * factor) : factor;
}

/** The byte of a stretched position; NaN is white, because that is how missing pixels are drawn. */
export function byteOf(stretched: number, scale: number): number {
  const level = Math.fround(scale * Math.fround(stretched));
  if (level > 0 && level < 255) return Math.trunc(level);
  return level <= 0 ? 0 : 255;
}
