import type { GoodValues } from './good-values.ts';

/** Turns the pixels that do not count, and infinite ones, into NaN, in place. */
export function maskBadValues(pixels: Float32Array, good: GoodValues): void {
  const { missing } = good;
  const least = good.least ?? -maxFloat32;
  const most = good.most ?? maxFloat32;
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? NaN;
    if (!(value >= least && value <= most) || value === missing) pixels[index] = NaN;
  }
}

const maxFloat32 = 3.4028234663852886e38;
