import type { CaldpError } from '../../errors/caldp-error.ts';
import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { openTable } from '../../fits/table-reader.ts';
import { headerText } from '../image/header-text.ts';
import { previewError } from '../preview-error.ts';
import type { ProductKind } from './preview-job.ts';

/** How a product is to be shown, or why it is not. */
export type ShownAs =
  | { readonly kind: 'image' }
  | { readonly kind: 'spectrum' }
  | { readonly kind: 'nothing'; readonly reason: string };

/**
 * Decides by the first extension how a product is shown: a table that is no association as a spectrum, an image as an image.
 * With `either`, any file with an image will do, and a table must have wavelengths and fluxes.
 *
 * @throws CaldpError `PREVIEW_NO_SCIENCE_EXTENSION` for a product without an extension.
 */
export function productKind(file: FitsFile, options: { readonly expected: ProductKind }): ShownAs {
  const { expected } = options;
  const first = file.hdus[1];
  switch (expected) {
    case 'either':
      return first !== undefined && isSpectrum(file, first)
        ? { kind: 'spectrum' }
        : { kind: 'image' };
    case 'image':
      if (first === undefined) throw noExtension(file);
      return isTable(first) ? nothing(first, 'an image') : { kind: 'image' };
    case 'spectrum':
      if (first === undefined) throw noExtension(file);
      return isTable(first) && first.name.toUpperCase() !== 'ASN'
        ? { kind: 'spectrum' }
        : nothing(first, 'a table of a spectrum');
  }
}

function isTable(hdu: Hdu): boolean {
  return hdu.kind === 'binary-table' || hdu.kind === 'ascii-table';
}

function isSpectrum(file: FitsFile, hdu: Hdu): boolean {
  const instrument = headerText(file.primary.header, 'INSTRUME');
  if (hdu.kind !== 'binary-table' || (instrument !== 'COS' && instrument !== 'STIS')) return false;
  const table = openTable(file, hdu);
  return table.hasColumn('WAVELENGTH') && table.hasColumn('FLUX');
}

function nothing(hdu: Hdu, expected: string): ShownAs {
  return {
    kind: 'nothing',
    reason: `its first extension is no ${expected.replace(/^an? /, '')} (${hdu.name || 'without a name'}, ${hdu.kind})`,
  };
}

function noExtension(file: FitsFile): CaldpError {
  return previewError(`\`${file.source.path}\` has no extension, expected a science extension.`, {
    code: 'PREVIEW_NO_SCIENCE_EXTENSION',
    advice: 'Check that calibration wrote the whole product.',
  });
}
