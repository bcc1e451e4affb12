import { median } from './median.ts';
import type { Spectrum } from './spectrum.ts';

const largestErrorRatio = 5;

/**
 * Tells which samples show a spectrum rather than its ends: flux not zero, error less than five times the median error.
 * Returned with and without regard to data quality, one element a sample, 1 for good.
 */
export function goodSamples(spectrum: Spectrum): {
  readonly trusted: Uint8Array;
  readonly any: Uint8Array;
} {
  const { flux, error, bad } = spectrum;
  const typical = typicalError(spectrum);
  const any = new Uint8Array(flux.length);
  const trusted = new Uint8Array(flux.length);
  for (let index = 0; index < flux.length; index++) {
    const isGood = flux[index] !== 0 && (error[index] ?? NaN) / typical < largestErrorRatio;
    any[index] = isGood ? 1 : 0;
    trusted[index] = isGood && bad[index] !== 1 ? 1 : 0;
  }
  return { any, trusted };
}

/** The median error of the samples that have a flux. */
function typicalError({ flux, error }: Spectrum): number {
  const errors = new Float64Array(flux.length);
  let count = 0;
  for (let index = 0; index < flux.length; index++) {
    const value = flux[index] ?? NaN;
    if (!Number.isFinite(value) || value === 0) continue;
    errors[count] = error[index] ?? NaN;
    count++;
  }
  return median(errors.subarray(0, count));
}
