import type { PixelType } from './pixel-type.ts';

/**
 * How stored values become physical ones: as they are; with the sign bit changed, which is what a zero point of half the range
 * means; or `zero + scale * stored`, with one stored value that means none (NaN).
 */
export type Scaling =
  | { readonly kind: 'none'; readonly type: PixelType }
  | { readonly kind: 'flip-sign'; readonly type: PixelType }
  | {
      readonly kind: 'linear';
      readonly type: 'float64';
      readonly scale: number;
      readonly zero: number;
      readonly blank: bigint | undefined;
    };

const flipped: Partial<Record<PixelType, { readonly zero: number; readonly type: PixelType }>> = {
  uint8: { zero: -(2 ** 7), type: 'int8' },
  int16: { zero: 2 ** 15, type: 'uint16' },
  int32: { zero: 2 ** 31, type: 'uint32' },
  int64: { zero: 2 ** 63, type: 'uint64' },
};

/** Chooses the scaling for a stored type and its scale, zero and blank keywords (or columns' TSCAL, TZERO, TNULL). */
export function chooseScaling(
  stored: PixelType,
  options: { readonly scale: number; readonly zero: number; readonly blank?: bigint | undefined },
): Scaling {
  const { scale, zero, blank } = options;
  if (scale === 1 && blank === undefined) {
    if (zero === 0) return { kind: 'none', type: stored };
    const unsigned = flipped[stored];
    if (unsigned?.zero === zero) return { kind: 'flip-sign', type: unsigned.type };
  }
  return { kind: 'linear', type: 'float64', scale, zero, blank };
}
