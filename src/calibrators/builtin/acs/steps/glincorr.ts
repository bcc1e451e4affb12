import type { Frame } from '../frames/frame.ts';
import type { LinearityLimits } from '../tables/mlintab.ts';
import { scaleFrame } from './scale-frame.ts';

const newtonSteps = 3;

/** Whether the count rate of the whole detector allows a correction. */
export type GlobalLinearity = 'NOT-EXCEEDED' | 'EXCEEDED';

/** Compares the global count rate (GLOBRATE, counts per second) with the limit of MLINTAB. */
export function globalLinearity(rate: number, limits: LinearityLimits): GlobalLinearity {
  return rate > limits.globalLimit ? 'EXCEEDED' : 'NOT-EXCEEDED';
}

/**
 * GLINCORR: scales the counts of the SBC for the dead time of the whole detector.
 *
 * In and out: counts. Reference: MLINTAB (TAU, seconds). Source: ACS Data Handbook, "GLINCORR": `y = x exp(-tau x)` is solved for
 * the true rate `x` by three Newton steps in double precision.
 */
export function glincorr(
  frame: Frame,
  options: { readonly rate: number; readonly tau: number },
): void {
  const factor = Math.fround(trueRateRatio(options.rate, options.tau));
  if (factor !== 1) scaleFrame(frame, factor);
}

function trueRateRatio(rate: number, tau: number): number {
  if (rate <= 0) return 1;
  let x = rate;
  for (let step = 0; step < newtonSteps; step += 1) {
    const e = Math.exp(-tau * x);
    x += (rate - x * e) / ((1 - tau * x) * e);
  }
  return x / rate;
}
