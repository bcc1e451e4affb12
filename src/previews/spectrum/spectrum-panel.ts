import { cutEdges } from './cut-edges.ts';
import { fluxRange } from './flux-range.ts';
import type { NamedSpectrum, Spectrum } from './spectrum.ts';
import { stitch } from './stitch.ts';
import { wavelengthRange, type AxisRange } from './wavelength-range.ts';

/** One panel of a spectral preview. */
export interface SpectrumPanel {
  readonly title: string;
  /** What is drawn, each with a line of its own. */
  readonly parts: readonly NamedSpectrum[];
  /** The wavelengths between which the flux axis was scaled; undefined where there are none. */
  readonly scaledWithin: AxisRange | undefined;
  /** The flux axis; undefined where there is nothing to scale it by. */
  readonly flux: AxisRange | undefined;
  /** The wavelength axis: all samples and five per cent on either side. */
  readonly wavelength: AxisRange;
  /** Whether data quality flags every sample. */
  readonly allBad: boolean;
}

/** How much of each end is shown. */
export type PanelEdges = 'whole' | 'cut';

const room = 0.05;

/**
 * Makes a panel of segments or orders. With whole edges there is one part, scaled by all of it; with cut edges the parts are
 * scaled as one spectrum.
 */
export function spectrumPanel(
  parts: readonly NamedSpectrum[],
  options: { readonly title: string; readonly edges: PanelEdges },
): SpectrumPanel {
  const [only] = parts;
  const whole = options.edges === 'whole' && only !== undefined && parts.length === 1;
  const shown = whole ? parts : parts.map((part) => cutEdges(part));
  const scaled: Spectrum = whole ? only : stitch(shown);
  const scaledWithin = wavelengthRange(scaled);
  const flux = scaledWithin && fluxRange(scaled, { within: scaledWithin });
  const wavelength = withRoom(scaled.wavelength);
  const canBeDrawn = flux !== undefined && flux.low < flux.high && wavelength.low < wavelength.high;
  return {
    title: options.title,
    parts: shown,
    scaledWithin,
    flux: canBeDrawn ? flux : undefined,
    wavelength,
    allBad: parts.every((part) => part.bad.every((bad) => bad === 1)),
  };
}

function withRoom(wavelength: Float64Array): AxisRange {
  let low = Infinity;
  let high = -Infinity;
  for (const value of wavelength) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low: low - room * (high - low), high: high + room * (high - low) };
}
