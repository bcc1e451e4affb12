import type { PixelType } from './pixel-type.ts';

const zeros: Partial<Record<PixelType, bigint>> = {
  int8: -(2n ** 7n),
  uint16: 2n ** 15n,
  uint32: 2n ** 31n,
  uint64: 2n ** 63n,
};

/** The BZERO or TZERO with which FITS stores a type it has no code for; undefined for one that it has. */
export function storedZero(type: PixelType): bigint | undefined {
  return zeros[type];
}
