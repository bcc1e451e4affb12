import { FitsError } from '../../fits/fits-error.ts';
import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { openImage, type Image } from '../../fits/image-reader.ts';
import { newPixels } from '../../fits/pixel-type.ts';
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
  return { width, height, readInto: reader(image) };
}

/** Converts through an array that is used again, because the memory of thrown away ones is only reclaimed at some time. */
function reader(image: Image): PlaneRows['readInto'] {
  if (image.type === 'float32') {
    return (target, options) => {
      image.readInto(target, options);
    };
  }
  let scratch = newPixels(image.type, 0);
  return (target, options) => {
    if (scratch.length !== target.length) scratch = newPixels(image.type, target.length);
    image.readInto(scratch, options);
    if (scratch instanceof BigInt64Array || scratch instanceof BigUint64Array) {
      scratch.forEach((value, index) => (target[index] = Number(value)));
    } else target.set(scratch);
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
