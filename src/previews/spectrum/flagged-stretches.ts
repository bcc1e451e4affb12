import type { Spectrum } from './spectrum.ts';
import type { AxisRange } from './wavelength-range.ts';

/**
 * The stretches of wavelength whose samples are all flagged by data quality, each from half a sample before its first to half
 * a sample after its last.
 */
export function flaggedStretches(spectrum: Spectrum): readonly AxisRange[] {
  const { wavelength, bad } = spectrum;
  const stretches: AxisRange[] = [];
  for (let index = 0; index < bad.length; index++) {
    if (bad[index] !== 1) continue;
    const first = index;
    while (bad[index + 1] === 1) index++;
    const low = between(wavelength, { from: first, towards: first - 1 });
    const high = between(wavelength, { from: index, towards: index + 1 });
    if (Number.isFinite(low) && Number.isFinite(high)) stretches.push({ low, high });
  }
  return stretches;
}

function between(
  wavelength: Float64Array,
  options: { readonly from: number; readonly towards: number },
): number {
  const from = wavelength[options.from] ?? NaN;
  return (from + (wavelength[options.towards] ?? from)) / 2;
}
