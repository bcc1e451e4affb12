import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { FitsFile } from '../../../../fits/fits-file.ts';
import type { Hdu } from '../../../../fits/hdu.ts';
import { cardValue } from '../header/cards.ts';
import { readDouble, readInteger } from '../header/read-keyword.ts';
import type { Plane } from './plane.ts';

/** Where the pixels of an image HDU are. @throws CaldpError where the HDU is no image of two axes. */
export function storedPlane(file: FitsFile, hdu: Hdu): Plane {
  const { path } = file.source;
  const header = { cards: hdu.header.cards, place: `\`${path}\`, HDU ${hdu.index}` };
  const [nx, ny] = hdu.shape.axes;
  if (nx === undefined)
    return {
      kind: 'constant',
      nx: readInteger(header, 'NPIX1', 0),
      ny: readInteger(header, 'NPIX2', 1),
      value: cardValue(header.cards, 'PIXVALUE') === undefined ? 0 : readDouble(header, 'PIXVALUE'),
    };
  if (hdu.missingBytes > 0) throw truncated(path, hdu.missingBytes);
  return {
    kind: 'stored',
    path,
    offset: hdu.dataOffset,
    nx,
    ny: ny ?? 1,
    bitpix: hdu.shape.bitpix,
    scale: readDouble(header, 'BSCALE', 1),
    zero: readDouble(header, 'BZERO', 0),
  };
}

function truncated(path: string, bytes: number): CaldpError {
  return new CaldpError(`\`${path}\` is cut short: ${bytes} bytes of its last array are missing.`, {
    code: 'ACS_FILE_TRUNCATED',
    advice: 'Fetch the file again.',
    exit: 'STAGE1_ERROR',
  });
}
