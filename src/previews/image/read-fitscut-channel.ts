import type { FitsFile } from '../../fits/fits-file.ts';
import type { Hdu } from '../../fits/hdu.ts';
import { goodValues, type GoodValueKeywords } from './good-values.ts';
import { headerNumber } from './header-number.ts';
import type { ImageChannel } from './image-channel.ts';
import { noImage } from './no-image.ts';
import { openPixelRows } from './open-pixel-rows.ts';
import type { PixelMemory } from './pixel-memory.ts';
import { newPlane, readPlane } from './read-plane.ts';

/**
 * Reads the image that `fitscut` draws: the first HDU that is an image with axes, its first plane; the header's own keywords
 * say which values count. Memory: the pixels as single precision.
 *
 * @throws CaldpError `PREVIEW_NO_IMAGE` where `fitscut` finds none or refuses it, `PREVIEW_TOO_LARGE`; FitsError.
 */
export function readFitscutChannel(
  file: FitsFile,
  options: { readonly memory: PixelMemory },
): ImageChannel {
  const hdu = file.hdus.find((candidate) => isImage(candidate));
  if (hdu === undefined) throw noImage(file);
  // One axis, or an axis without length, is refused, even where a later extension has an image.
  const rows = openPixelRows(file, hdu);
  if (rows === undefined) throw noImage(file, hdu);
  const pixels = newPlane(rows, options);
  const good = { ...goodValues(keywordsOf(hdu)), tiny: tinyIn(hdu) };
  readPlane(rows, { pixels, offset: 0, good });
  const { width, height } = rows;
  const image = { width, height, pixels };
  return { image, missing: good.missing, flagged: undefined, header: hdu.header, notes: [] };
}

/**
 * What is closer to zero than this is zero: the library that `fitscut` reads with takes numbers of single precision that are
 * stored with less than their full precision for zero, before it scales them.
 */
function tinyIn({ kind, shape, header }: Hdu): number {
  if (kind !== 'image' || shape.bitpix !== -32 || header.number('BZERO', { default: 0 }) !== 0) {
    return 0;
  }
  return Math.fround(Math.abs(header.number('BSCALE', { default: 1 })) * 2 ** -126);
}

/** Whether `fitscut` takes an HDU for its image: it has axes, whatever their lengths. */
function isImage(hdu: Hdu): boolean {
  switch (hdu.kind) {
    case 'image':
    case 'groups':
      return hdu.shape.axes.length > 0;
    case 'compressed-image':
      return true;
    case 'ascii-table':
    case 'binary-table':
    case 'other':
      return false;
  }
}

function keywordsOf(hdu: Hdu): GoodValueKeywords {
  return {
    BADPIX: headerNumber(hdu.header, 'BADPIX'),
    GOODMIN: headerNumber(hdu.header, 'GOODMIN'),
    GOODMAX: headerNumber(hdu.header, 'GOODMAX'),
  };
}
