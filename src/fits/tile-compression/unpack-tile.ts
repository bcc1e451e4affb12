import { gunzipSync } from 'node:zlib';
import type { Bitpix } from '../data-shape.ts';
import { decodePixels } from '../decode-pixels.ts';
import { FitsError, type FitsPlace } from '../fits-error.ts';
import { pixelsIn, storedType, type PixelArray } from '../pixel-type.ts';
import { hcompressDecode } from './hcompress/hcompress-decode.ts';
import { plioDecode } from './plio-decode.ts';
import { riceDecode } from './rice-decode.ts';
import type { TileAlgorithm } from './tile-algorithm.ts';
import type { TileMemory } from './tile-memory.ts';

/** zlib takes no smaller one. */
const smallestChunk = 64;

/** What a tile should unpack to. */
export interface TileShape {
  /** Values of the tile. */
  readonly count: number;
  /** How each is stored where the algorithm stores them as they are. */
  readonly bitpix: Bitpix;
  readonly place: FitsPlace;
  /** For the result. */
  readonly memory: TileMemory;
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
  const { algorithm, count, place, memory } = options;
  switch (algorithm.name) {
    case 'RICE_1': {
      const bytes = bytesIn(packed, place);
      return orDamaged(riceDecode(bytes, { count, memory, ...algorithm }), place);
    }
    case 'PLIO_1':
      return orDamaged(plioDecode(wordsIn(packed, place), { count, memory }), place);
    case 'HCOMPRESS_1': {
      const bytes = bytesIn(packed, place);
      return orDamaged(hcompressDecode(bytes, { count, memory, ...algorithm }), place);
    }
    case 'GZIP_1':
      return unpackGzipTile(packed, options);
    case 'GZIP_2':
      return valuesOf(unzip(bytesIn(packed, place), options), { ...options, put: unshuffle });
    case 'NOCOMPRESS':
      return valuesOf(bytesIn(packed, place), { ...options, put: copy });
  }
}

/** Unpacks a tile that was stored with gzip, for which the algorithm of the image would not do. */
export function unpackGzipTile(packed: PixelArray, options: TileShape): PixelArray {
  return valuesOf(unzip(bytesIn(packed, options.place), options), { ...options, put: copy });
}

/** Puts stored bytes into the order of values. */
type Put = (
  bytes: Uint8Array,
  options: { readonly into: Uint8Array; readonly width: number },
) => void;

const copy: Put = (bytes, { into }) => {
  into.set(bytes);
};

/** GZIP_2 puts the first bytes of all values first, then the second ones, and so on. */
const unshuffle: Put = (bytes, { into, width }) => {
  const count = into.length / width;
  for (let byte = 0, from = 0; byte < width; byte++) {
    for (let index = 0; index < count; index++, from++) {
      into[index * width + byte] = bytes[from] ?? 0;
    }
  }
};

function unzip(packed: Uint8Array, options: TileShape): Uint8Array {
  const length = options.count * widthOf(options);
  // One byte more than there should be, so that all of it comes in one piece.
  const chunkSize = Math.max(length + 1, smallestChunk);
  try {
    return gunzipSync(packed, { maxOutputLength: length, chunkSize });
  } catch (error) {
    throw damaged(options.place, error);
  }
}

function widthOf({ bitpix }: TileShape): number {
  return Math.abs(bitpix) / 8;
}

function valuesOf(bytes: Uint8Array, options: TileShape & { readonly put: Put }): PixelArray {
  const { count, bitpix, place, memory, put } = options;
  const width = widthOf(options);
  if (bytes.length !== count * width) throw damaged(place);
  const stored = storedType(bitpix);
  const values = pixelsIn(memory.values, { type: stored, length: count });
  decodePixels(values, {
    coding: { stored, scaling: { kind: 'none', type: stored } },
    read: (into) => {
      put(bytes, { into, width });
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
