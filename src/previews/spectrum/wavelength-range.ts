import type { Spectrum } from './spectrum.ts';
import { trimEdges, type Edges } from './trim-edges.ts';

/** Lower and upper end of an axis. */
export interface AxisRange {
  readonly low: number;
  readonly high: number;
}

/**
 * The wavelengths between which the flux axis is scaled: between the edges that heed data quality, else between those that do not.
 *
 * @returns undefined where all fluxes are zero or there is nothing between the edges.
 */
export function wavelengthRange(spectrum: Spectrum): AxisRange | undefined {
  if (spectrum.flux.every((flux) => flux === 0)) return undefined;
  const edges = trimEdges(spectrum);
  return between(spectrum.wavelength, edges.trusted) ?? between(spectrum.wavelength, edges.any);
}

function between(wavelength: Float64Array, edges: Edges): AxisRange | undefined {
  if (!(wavelength.length + edges.end > edges.start)) return undefined;
  return { low: wavelength.at(edges.start) ?? NaN, high: wavelength.at(edges.end) ?? NaN };
}
