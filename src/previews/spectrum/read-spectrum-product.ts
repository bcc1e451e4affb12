import type { FitsFile } from '../../fits/fits-file.ts';
import { notASpectrum } from './not-a-spectrum.ts';
import { readCosProduct } from './read-cos-product.ts';
import { readStisProduct } from './read-stis-product.ts';
import type { SpectrumProduct } from './spectrum-product.ts';

/**
 * Reads a spectral product of COS or STIS. Memory: the samples as doubles, of at most three exposures.
 *
 * @throws CaldpError `PREVIEW_NOT_A_SPECTRUM`, FitsError.
 */
export function readSpectrumProduct(file: FitsFile): SpectrumProduct {
  const instrument = file.primary.header.string('INSTRUME', { default: '' }).trim().toUpperCase();
  switch (instrument) {
    case 'COS':
      return readCosProduct(file);
    case 'STIS':
      return readStisProduct(file);
    default:
      throw notASpectrum(
        file.primary,
        `expected a spectrum of COS or STIS, INSTRUME is \`${instrument}\``,
      );
  }
}
