import { gunzipSync } from 'node:zlib';
import type { Bitpix } from '../data-shape.ts';
import { decodePixels } from '../decode-pixels.ts';
import { FitsError, type FitsPlace } from '../fits-error.ts';
import { newPixels, storedType, type PixelArray } from '../pixel-type.ts';
import { hcompressDecode } from './hcompress/hcompress-decode.ts';
import { plioDecode } from './plio-decode.ts';
import { riceDecode } from './rice-decode.ts';
import type { TileAlgorithm } from './tile-algorithm.ts';

/** What a tile should unpack to. */
export interface TileShape {
  /** Values of the tile. */
  readonly count: number;
  /** How each is stored where the algorithm stores them as they are. */
  readonly bitpix: Bitpix;
  readonly place: FitsPlace;
}

/**
 * Unpacks a tile; the values are before any scaling.
 *
 * @param packed - what the column of compressed data holds.
 * @throws FitsError `WRONG_DATA` where that cannot be what was compressed.
 */
export function unpackTile(
  packed: PixelArray,
  options: TileShape & { readonly algorithm: TileAlgorithm },
): PixelArray {
  const { algorithm, count, place } = options;
  switch (algorithm.name) {
    case 'RICE_1':
      return orDamaged(riceDecode(bytesIn(packed, place), { count, ...algorithm }), place);
    case 'PLIO_1':
      return orDamaged(plioDecode(wordsIn(packed, place), { count }), place);
    case 'HCOMPRESS_1':
      return orDamaged(hcompressDecode(bytesIn(packed, place), { count, ...algorithm }), place);
    case 'GZIP_1':
      return unpackGzipTile(packed, options);
    case 'GZIP_2':
      return valuesOf(unshuffle(unzip(bytesIn(packed, place), options), options), options);
    case 'NOCOMPRESS':
      return valuesOf(bytesIn(packed, place), options);
  }
}

/** Unpacks a tile that was stored with gzip, for which the algorithm of the image would not do. */
export function unpackGzipTile(packed: PixelArray, options: TileShape): PixelArray {
  return valuesOf(unzip(bytesIn(packed, options.place), options), options);
}

function unzip(bytes: Uint8Array, options: TileShape): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: options.count * widthOf(options) });
  } catch (error) {
    throw damaged(options.place, error);
  }
}

/** GZIP_2 puts the first bytes of all values first, then the second ones, and so on. */
function unshuffle(bytes: Uint8Array, options: TileShape): Uint8Array {
  const width = widthOf(options);
  const count = Math.floor(bytes.length / width);
  const values = new Uint8Array(bytes.length);
  for (let byte = 0, from = 0; byte < width; byte++) {
    for (let index = 0; index < count; index++, from++) {
      values[index * width + byte] = bytes[from] ?? 0;
    }
  }
  return values;
}

function widthOf({ bitpix }: TileShape): number {
  return Math.abs(bitpix) / 8;
}

function valuesOf(bytes: Uint8Array, options: TileShape): PixelArray {
  const { count, bitpix, place } = options;
  if (bytes.length !== count * widthOf(options)) throw damaged(place);
  const stored = storedType(bitpix);
  const values = newPixels(stored, count);
  const coding = { stored, scaling: { kind: 'none', type: stored } } as const;
  decodePixels(values, {
    coding,
    read: (target) => {
      target.set(bytes);
    },
  });
  return values;
}

function bytesIn(packed: PixelArray, place: FitsPlace): Uint8Array {
  if (packed instanceof Uint8Array) return packed;
  throw damaged(place);
}

function wordsIn(packed: PixelArray, place: FitsPlace): Int16Array {
  if (packed instanceof Int16Array) return packed;
  throw damaged(place);
}

function orDamaged(values: PixelArray | undefined, place: FitsPlace): PixelArray {
  if (values === undefined) throw damaged(place);
  return values;
}

function damaged(place: FitsPlace, cause?: unknown): FitsError {
  return new FitsError('a compressed tile cannot be unpacked.', {
    ...place,
    code: 'WRONG_DATA',
    cause,
  });
}
