import type { NamedSpectrum } from './spectrum.ts';
import type { SpectrumPanel } from './spectrum-panel.ts';

/** A segment of COS with the data-quality weights that its preview table repeats. */
export interface CosSegment extends NamedSpectrum {
  readonly weight: Float64Array;
}

/** What is drawn of a spectral product. */
export interface SpectrumProduct {
  /** The panels of the large preview, from the top. */
  readonly panels: readonly SpectrumPanel[];
  readonly thumb: SpectrumPanel;
  /** For COS: the segments of the preview table, in the order of the panels. */
  readonly segments: readonly CosSegment[] | undefined;
}
