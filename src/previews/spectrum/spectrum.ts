/**
 * Samples of a spectrum in the order of the file: a segment, an order, or several of them stitched together.
 * Wavelengths in ångström, flux and error in erg / s / cm² / ångström; all arrays have the same length.
 */
export interface Spectrum {
  readonly wavelength: Float64Array;
  readonly flux: Float64Array;
  readonly error: Float64Array;
  /** 1 where the data quality says that a sample is not to be trusted. */
  readonly bad: Uint8Array;
}

/** A spectrum with the name its readers know it by: `FUVA`, `order 68`. */
export interface NamedSpectrum extends Spectrum {
  readonly name: string;
}
