import { FitsError } from './fits-error.ts';
import type { Hdu } from './hdu.ts';
import type { Header } from './header.ts';
import { storedType } from './pixel-type.ts';
import { chooseScaling } from './scaling.ts';
import type { PixelCoding } from './decode-pixels.ts';

/** Where the pixels of an image are. */
export type ImageLayout =
  | {
      readonly kind: 'stored';
      /** NAXIS1, NAXIS2, ...: the first one runs fastest. */
      readonly axes: readonly number[];
      readonly coding: PixelCoding;
    }
  | {
      /** The HST convention for an array of one value: NAXIS = 0 with NPIX1, NPIX2 and PIXVALUE. */
      readonly kind: 'constant';
      readonly axes: readonly number[];
      readonly coding: PixelCoding;
      readonly value: number;
    }
  | { readonly kind: 'empty' };

/** What of an HDU tells its pixels. */
type ImageHdu = Pick<Hdu, 'header' | 'shape' | 'kind'>;

/** Most pixels of a constant array, which no bytes of the file vouch for; four times the largest HST mosaic. */
const largestConstant = 2 ** 31;
const largestConstantRow = 2 ** 20;

/**
 * Reads what the header says about the pixels.
 * @throws FitsError `WRONG_KIND` for a table, `NOT_SUPPORTED` for a tile-compressed image and random groups.
 */
export function readImageLayout(hdu: ImageHdu): ImageLayout {
  checkKind(hdu);
  const { axes } = hdu.shape;
  if (axes.length > 0) return { kind: 'stored', axes, coding: storedCoding(hdu) };
  return hdu.header.has('NPIX1') ? constantLayout(hdu) : { kind: 'empty' };
}

function checkKind(hdu: ImageHdu): void {
  const place = hdu.header.place;
  switch (hdu.kind) {
    case 'image':
      return;
    case 'compressed-image':
      throw new FitsError('tile-compressed images (ZIMAGE) are not supported yet.', {
        ...place,
        code: 'NOT_SUPPORTED',
      });
    case 'groups':
    case 'other':
      throw new FitsError('expected an image; random groups and other types are not supported.', {
        ...place,
        code: 'NOT_SUPPORTED',
      });
    case 'ascii-table':
    case 'binary-table':
      throw new FitsError('expected an image, found a table.', { ...place, code: 'WRONG_KIND' });
  }
}

function storedCoding({ header, shape }: ImageHdu): PixelCoding {
  const stored = storedType(shape.bitpix);
  const scale = header.number('BSCALE', { default: 1 });
  const zero = header.number('BZERO', { default: 0 });
  const blank = shape.bitpix > 0 ? blankValue(header) : undefined;
  return { stored, scaling: chooseScaling(stored, { scale, zero, blank }) };
}

function blankValue(header: Header): bigint | undefined {
  return header.has('BLANK') ? BigInt(header.integer('BLANK')) : undefined;
}

function constantLayout(hdu: ImageHdu): ImageLayout {
  const { header, shape } = hdu;
  const axes = [header.integer('NPIX1'), header.integer('NPIX2', { default: 1 })];
  const [columns = 0, rows = 0] = axes;
  if (columns < 0 || rows < 0 || columns > largestConstantRow || columns * rows > largestConstant) {
    throw new FitsError(`expected a constant array of sensible size, found ${columns} x ${rows}.`, {
      ...header.place,
      code: 'TOO_LARGE',
    });
  }
  const value = header.number('PIXVALUE', { default: 0 });
  const integral = shape.bitpix > 0 && shape.bitpix < 64 && isStorable(value, shape.bitpix);
  const type = integral ? storedType(shape.bitpix) : 'float32';
  return {
    kind: 'constant',
    axes,
    value,
    coding: { stored: type, scaling: { kind: 'none', type } },
  };
}

function isStorable(value: number, bitpix: number): boolean {
  const limit = bitpix === 8 ? 256 : 2 ** (bitpix - 1);
  return Number.isInteger(value) && value < limit && value >= (bitpix === 8 ? 0 : -limit);
}
