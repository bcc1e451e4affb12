import { readBitpix, type Bitpix } from '../data-shape.ts';
import { FitsError } from '../fits-error.ts';
import type { Hdu } from '../hdu.ts';
import type { Header } from '../header.ts';
import { readTileAlgorithm, type TileAlgorithm } from './tile-algorithm.ts';

/** What the header of a tile-compressed image says (FITS 4.0, section 10.1). */
export interface CompressedLayout {
  readonly algorithm: TileAlgorithm;
  /** BITPIX of the image. */
  readonly bitpix: Bitpix;
  readonly axes: readonly number[];
  /** The lengths of a tile along the axes. */
  readonly tile: readonly number[];
  readonly dither: { readonly method: 'none' | 1 | 2; readonly seed: number };
  /** The integer that means none. */
  readonly blank: number | undefined;
  /** BSCALE and BZERO of an integer image. */
  readonly scale: number;
  readonly zero: number;
}

const longestAxis = 2 ** 31;

/**
 * Reads how an image was compressed.
 *
 * @throws FitsError `NOT_SUPPORTED` for other algorithms, `BAD_HEADER` for sizes that make no sense.
 */
export function readCompressedLayout(hdu: Hdu): CompressedLayout {
  const { header } = hdu;
  const axes = lengths(header);
  const tile = axes.map((length, axis) =>
    header.integer(`ZTILE${axis + 1}`, { default: axis === 0 ? length : 1 }),
  );
  const isSensible = (length: number, axis: number): boolean =>
    length >= 0 && length <= longestAxis && (tile[axis] ?? 0) >= 1;
  if (!axes.every(isSensible)) {
    throw bad(
      header,
      `expected an image and tiles of sensible size, found ${axes.join(' x ')} in tiles of ${tile.join(' x ')}`,
    );
  }
  const algorithm = readTileAlgorithm(header);
  return {
    algorithm,
    bitpix: readBitpix(header, 'ZBITPIX'),
    axes,
    tile,
    dither: ditherOf(header),
    blank: blankOf(header),
    scale: header.number('BSCALE', { default: 1 }),
    zero: zeroOf(header, algorithm),
  };
}

/** PLIO has no negative values: cfitsio packs those of unsigned integers with BZERO added, and leaves the keyword. */
function zeroOf(header: Header, { name }: TileAlgorithm): number {
  const zero = header.number('BZERO', { default: 0 });
  return name === 'PLIO_1' && zero === 32_768 ? 0 : zero;
}

function lengths(header: Header): readonly number[] {
  const count = header.integer('ZNAXIS');
  if (count < 0 || count > 999) throw bad(header, `expected at most 999 axes, found ${count}`);
  return Array.from({ length: count }, (_, axis) => header.integer(`ZNAXIS${axis + 1}`));
}

function ditherOf(header: Header): CompressedLayout['dither'] {
  const seed = header.integer('ZDITHER0', { default: 1 });
  switch (header.string('ZQUANTIZ', { default: 'NO_DITHER' }).trim()) {
    case 'SUBTRACTIVE_DITHER_1':
      return { method: 1, seed };
    case 'SUBTRACTIVE_DITHER_2':
      return { method: 2, seed };
    default:
      return { method: 'none', seed };
  }
}

function blankOf(header: Header): number | undefined {
  const keyword = ['ZBLANK', 'BLANK'].find((name) => header.has(name));
  return keyword === undefined ? undefined : header.integer(keyword);
}

function bad(header: Header, reason: string): FitsError {
  return new FitsError(`${reason}.`, { ...header.place, code: 'BAD_HEADER' });
}
