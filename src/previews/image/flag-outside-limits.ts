import { setFlag } from './flag-bits.ts';

const leastShare = 0.5;

/**
 * Flags the pixels of a plane outside the limits that calibration found for good ones (GOODMIN, GOODMAX): reference pixels of
 * infrared detectors, for one. Limits that more than half of the pixels contradict are stale, and not heeded.
 *
 * @param options.offset - the index of the first pixel of the plane among all flags.
 */
export function flagOutsideLimits(
  pixels: Float32Array,
  options: {
    readonly least: number;
    readonly most: number;
    readonly flags: Uint8Array;
    readonly offset: number;
  },
): void {
  const { least, most, flags, offset } = options;
  let good = 0;
  let inside = 0;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (value !== value) continue;
    good++;
    if (value >= least && value <= most) inside++;
  }
  if (inside === good || inside < leastShare * good) return;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (value < least || value > most) setFlag(flags, offset + index);
  }
}
