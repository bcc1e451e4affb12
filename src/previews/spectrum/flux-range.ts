import { percentile } from './percentile.ts';
import type { Spectrum } from './spectrum.ts';
import type { AxisRange } from './wavelength-range.ts';

/** Wavelengths of geocoronal Lyman α, which would set the scale of most ultraviolet spectra. */
export const airglow = { low: 1214, high: 1217 } as const;

const margin = 0.3;

/**
 * The flux axis: percentiles 1 and 99 of the fluxes between two wavelengths, Lyman α left out, with a margin of 30 %.
 * The rule of `spec_plots`, its cut above the first percentile of faint positive spectra included.
 *
 * @returns NaN ends where there is no such sample.
 */
export function fluxRange(spectrum: Spectrum, options: { readonly within: AxisRange }): AxisRange {
  const { wavelength, flux } = spectrum;
  const { within } = options;
  const values = new Float64Array(flux.length);
  let count = 0;
  for (let index = 0; index < flux.length; index++) {
    const at = wavelength[index] ?? NaN;
    const value = flux[index] ?? NaN;
    const counts = at >= within.low && at <= within.high;
    if (!counts || !Number.isFinite(value) || (at >= airglow.low && at <= airglow.high)) continue;
    values[count] = value;
    count++;
  }
  const counted = values.subarray(0, count);
  const low = percentile(counted, 1);
  const high = percentile(counted, 99);
  if (low === high) return { low: low - 1, high: high + 1 };
  const room = margin * (high - low);
  return { low: low - room > 0 ? low - room : 1.1 * low, high: high + room };
}
