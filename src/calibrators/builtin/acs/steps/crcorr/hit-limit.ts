import type { WindowLine } from './exposure-window.ts';

const { fround } = Math;

/** What the limit of a pixel depends on beside the pixel; single precision. */
export interface LimitScale {
  /** Squared threshold, sigma. */
  readonly sigma2: number;
  /** Noise proportional to the signal, as a part of it. */
  readonly noise: number;
  /** Exposure time, seconds. */
  readonly time: number;
  /** Its square. */
  readonly time2: number;
}

/**
 * The squared distance from the average, in electrons per second, above which a pixel is hit; every operation in single precision.
 *
 * @param signal - Expected electrons. @param error - Electrons.
 */
export function hitLimit(
  signal: number,
  { error, scale }: { readonly error: number; readonly scale: LimitScale },
): number {
  const noise = signal > 0 ? fround(scale.noise * signal) : 0;
  const variance = fround(fround(error * error) + fround(noise * noise));
  return fround(fround(scale.sigma2 * variance) / scale.time2);
}

/**
 * Computes the limits of a line that has just come into the window. Needed with a shading only, since what the shading buffer holds
 * depends on the moment.
 *
 * @param options - `average`: electrons per second, of this line; `shading`: `1 + shading / time`.
 */
export function shadedLimits(
  { err }: WindowLine,
  options: {
    readonly average: Float32Array;
    readonly shading: Float32Array;
    readonly scale: LimitScale;
  },
): Float32Array {
  const { average, shading, scale } = options;
  return err.map((error, i) => {
    const signal = fround(fround((average[i] ?? 0) * scale.time) / (shading[i] ?? 1));
    return hitLimit(signal, { error, scale });
  });
}
