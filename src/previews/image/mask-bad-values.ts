import type { GoodValues } from './good-values.ts';
import { maxFloat32 } from './smallest-float.ts';

/** Turns the pixels that do not count, and infinite ones, into NaN, in place. */
export function maskBadValues(pixels: Float32Array, good: GoodValues): void {
  const { missing, tiny = 0 } = good;
  const bits = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length);
  const normalCount = allNormalCount(good);
  const least = good.least ?? -maxFloat32;
  const most = good.most ?? maxFloat32;
  for (let index = 0; index < pixels.length; index++) {
    if (normalCount && isNormal(bits[index] ?? 0)) continue;
    const stored = pixels[index] ?? NaN;
    const value = Math.abs(stored) < tiny ? 0 : stored;
    if (!(value >= least && value <= most) || value === missing) pixels[index] = NaN;
    else if (value !== stored) pixels[index] = value;
  }
}

/** Whether all finite numbers of full precision count as they are: then the others are told by their bits, in half the time. */
function allNormalCount({ missing, least, most, tiny = 0 }: GoodValues): boolean {
  const isNumber = missing === missing && missing !== 0;
  return !isNumber && least === undefined && most === undefined && tiny <= 2 ** -126;
}

/** Whether the exponent is neither that of zero and tiny numbers nor that of infinity and NaN. */
function isNormal(bits: number): boolean {
  return ((bits & 0x7fffffff) - 0x00800000) >>> 0 < 0x7f000000;
}
