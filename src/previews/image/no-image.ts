import type { CaldpError } from '../../errors/caldp-error.ts';
import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { previewError } from '../preview-error.ts';

/** The error of a file without an image that can be drawn, or whose image `hdu` cannot be. */
export function noImage(file: FitsFile, hdu?: Hdu): CaldpError {
  const found =
    hdu === undefined
      ? 'none of its HDUs is an image with pixels'
      : `HDU ${hdu.index} has the axes ${hdu.shape.axes.join(' x ') || 'none'}, expected at least two with pixels`;
  return previewError(`\`${file.source.path}\` has no image to draw: ${found}.`, {
    code: 'PREVIEW_NO_IMAGE',
    advice: 'Check that calibration wrote the science extension.',
  });
}
