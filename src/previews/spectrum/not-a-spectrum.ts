import type { CaldpError } from '../../errors/caldp-error.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { previewError } from '../preview-error.ts';

/** The error of a table that is no spectrum as COS or STIS write them. */
export function notASpectrum(hdu: Hdu, reason: string): CaldpError {
  return previewError(
    `HDU ${hdu.index} of \`${hdu.header.place.file}\` cannot be drawn as a spectrum: ${reason}.`,
    {
      code: 'PREVIEW_NOT_A_SPECTRUM',
      advice: 'Check that the file is an x1d or x1dsum of COS or an x1d or sx1 of STIS, and whole.',
    },
  );
}
