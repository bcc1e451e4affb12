import type { GoodValues } from './good-values.ts';
import { maxFloat32 } from './smallest-float.ts';

/** Turns the pixels that do not count, and infinite ones, into NaN, in place. */
export function maskBadValues(pixels: Float32Array, good: GoodValues): void {
  const { missing, tiny = 0 } = good;
  const least = good.least ?? -maxFloat32;
  const most = good.most ?? maxFloat32;
  for (let index = 0; index < pixels.length; index++) {
    const stored = pixels[index] ?? NaN;
    const value = stored < tiny && stored > -tiny ? 0 : stored;
    if (!(value >= least && value <= most) || value === missing) pixels[index] = NaN;
    else if (value !== stored) pixels[index] = value;
  }
}
