import { FitsError } from '../../fits/fits-error.ts';
import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { openImage } from '../../fits/image-reader.ts';
import type { PlaneRows } from '../../fits/plane-rows.ts';
import { openCompressedRows } from '../../fits/tile-compression/open-compressed-rows.ts';

/**
 * Opens the first plane of an image HDU.
 *
 * @returns undefined where the HDU is no image, has fewer than two axes, or has no pixels.
 * @throws FitsError.
 */
export function openPixelRows(file: FitsFile, hdu: Hdu): PlaneRows | undefined {
  if (hdu.kind === 'compressed-image') return openCompressedRows(file, hdu);
  if (hdu.kind !== 'image') return undefined;
  const image = openImage(file, hdu);
  const [width = 0, height = 0] = image.axes;
  if (image.axes.length < 2 || image.axes.includes(0)) return undefined;
  if (image.kind === 'stored') checkStored(hdu, width * height);
  return {
    width,
    height,
    readInto(target, options) {
      image.readInto(target, options);
    },
  };
}

/** Refuses a plane that the file ends within, before memory for it is asked for. */
function checkStored(hdu: Hdu, pixels: number): void {
  const { bitpix, bytes } = hdu.shape;
  const needed = (pixels * Math.abs(bitpix)) / 8;
  const found = bytes - hdu.missingBytes;
  if (needed <= found) return;
  throw new FitsError(`expected ${needed} bytes of pixels, the file ends after ${found} of them.`, {
    ...hdu.header.place,
    offset: hdu.dataOffset,
    code: 'TRUNCATED',
  });
}
