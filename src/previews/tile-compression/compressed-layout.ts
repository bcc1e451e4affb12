import { FitsError } from '../../fits/fits-error.ts';
import type { Hdu } from '../../fits/hdu.ts';
import type { Header } from '../../fits/header.ts';

/** The ways of compressing a tile that are read. */
const algorithms = ['RICE_1', 'GZIP_1', 'GZIP_2', 'NOCOMPRESS'] as const;
export type TileAlgorithm = (typeof algorithms)[number];

/** What the header of a tile-compressed image says (FITS 4.0, section 10.1). */
export interface CompressedLayout {
  readonly algorithm: TileAlgorithm;
  /** BITPIX of the image. */
  readonly bitpix: 8 | 16 | 32 | 64 | -32 | -64;
  readonly axes: readonly number[];
  /** The lengths of a tile along the axes. */
  readonly tile: readonly number[];
  readonly rice: { readonly blockSize: number; readonly bytes: 1 | 2 | 4 };
  readonly dither: { readonly method: 'none' | 1 | 2; readonly seed: number };
  /** The integer that means none. */
  readonly blank: number | undefined;
  /** BSCALE and BZERO of an integer image. */
  readonly scale: number;
  readonly zero: number;
}

const rowLimit = 2 ** 31;

/**
 * Reads how an image was compressed.
 *
 * @throws FitsError `NOT_SUPPORTED` for other algorithms, `BAD_HEADER` for sizes that make no sense.
 */
export function readCompressedLayout(hdu: Hdu): CompressedLayout {
  const { header } = hdu;
  const axes = lengths(header, 'ZNAXIS');
  const tile = axes.map((length, axis) =>
    header.integer(`ZTILE${axis + 1}`, { default: axis === 0 ? length : 1 }),
  );
  if (tile.some((length) => length < 1) || axes.some((length) => length < 0 || length > rowLimit)) {
    throw bad(
      header,
      `expected an image and tiles of sensible size, found ${axes.join(' x ')} in tiles of ${tile.join(' x ')}`,
    );
  }
  return {
    algorithm: algorithmOf(header),
    bitpix: bitpixOf(header),
    axes,
    tile,
    rice: riceOf(header),
    dither: ditherOf(header),
    blank: blankOf(header),
    scale: header.number('BSCALE', { default: 1 }),
    zero: header.number('BZERO', { default: 0 }),
  };
}

function lengths(header: Header, keyword: string): readonly number[] {
  const count = header.integer(keyword);
  if (count < 0 || count > 999) throw bad(header, `expected at most 999 axes, found ${count}`);
  return Array.from({ length: count }, (_, axis) => header.integer(`${keyword}${axis + 1}`));
}

function algorithmOf(header: Header): TileAlgorithm {
  const name = header.string('ZCMPTYPE').trim();
  const known = algorithms.find(
    (algorithm) => algorithm === (name === 'RICE_ONE' ? 'RICE_1' : name),
  );
  if (known !== undefined) return known;
  throw new FitsError(
    `tiles compressed with \`${name}\` are not supported, ${algorithms.join(', ')} are.`,
    {
      ...header.place,
      code: 'NOT_SUPPORTED',
    },
  );
}

function bitpixOf(header: Header): CompressedLayout['bitpix'] {
  const bitpix = header.integer('ZBITPIX');
  switch (bitpix) {
    case 8:
    case 16:
    case 32:
    case 64:
    case -32:
    case -64:
      return bitpix;
    default:
      throw bad(header, `expected 8, 16, 32, 64, -32 or -64 for \`ZBITPIX\`, found ${bitpix}`);
  }
}

function riceOf(header: Header): CompressedLayout['rice'] {
  const blockSize = parameter(header, 'BLOCKSIZE') ?? 32;
  const bytes = parameter(header, 'BYTEPIX') ?? 4;
  if ((bytes === 1 || bytes === 2 || bytes === 4) && blockSize > 0) return { blockSize, bytes };
  throw bad(header, `expected Rice pixels of 1, 2 or 4 bytes, found ${bytes}`);
}

/** A parameter of the algorithm: the ZVALn beside the ZNAMEn with its name. */
function parameter(header: Header, name: string): number | undefined {
  for (let index = 1; header.has(`ZNAME${index}`); index++) {
    if (header.string(`ZNAME${index}`).trim() === name) return header.integer(`ZVAL${index}`);
  }
  return undefined;
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
