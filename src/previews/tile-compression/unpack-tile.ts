import { gunzipSync } from 'node:zlib';
import { FitsError, type FitsPlace } from '../../fits/fits-error.ts';
import type { CompressedLayout } from './compressed-layout.ts';
import { riceDecode } from './rice-decode.ts';

/** Values of a tile, before any scaling. */
export type TileValues = Int32Array | Float32Array | Float64Array;

interface TileOptions {
  readonly layout: CompressedLayout;
  /** Values of the tile. */
  readonly count: number;
  /** Whether the values are integers that stand for floating-point ones. */
  readonly quantized: boolean;
  readonly place: FitsPlace;
}

/**
 * Unpacks a tile by the algorithm of the image.
 *
 * @throws FitsError `WRONG_DATA` where the bytes cannot be what was compressed.
 */
export function unpackTile(bytes: Buffer, options: TileOptions): TileValues {
  const { layout, count, place } = options;
  switch (layout.algorithm) {
    case 'RICE_1': {
      const values = riceDecode(bytes, { count, ...layout.rice });
      if (values === undefined) throw damaged(place);
      return values;
    }
    case 'GZIP_1':
      return valuesOf(unzip(bytes, options), options);
    case 'GZIP_2':
      return valuesOf(unshuffle(unzip(bytes, options), widthOf(options)), options);
    case 'NOCOMPRESS':
      return valuesOf(bytes, options);
  }
}

/** Unpacks a tile that was stored with gzip, because the algorithm of the image would not do. */
export function unpackGzipTile(bytes: Buffer, options: TileOptions): TileValues {
  return valuesOf(unzip(bytes, options), options);
}

function unzip(bytes: Buffer, options: TileOptions): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: options.count * widthOf(options) });
  } catch (error) {
    throw damaged(options.place, error);
  }
}

/** GZIP_2 puts the first bytes of all values first, then the second ones, and so on. */
function unshuffle(bytes: Buffer, width: number): Buffer {
  const count = bytes.length / width;
  const values = Buffer.alloc(bytes.length);
  for (let index = 0; index < bytes.length; index++) {
    values[(index % count) * width + Math.floor(index / count)] = bytes[index] ?? 0;
  }
  return values;
}

function widthOf({ layout, quantized }: TileOptions): number {
  return quantized ? 4 : Math.abs(layout.bitpix) / 8;
}

function valuesOf(bytes: Buffer, options: TileOptions): TileValues {
  const { layout, count, quantized, place } = options;
  const width = widthOf(options);
  if (bytes.length !== count * width) throw damaged(place);
  const bitpix = quantized ? 32 : layout.bitpix;
  const values = newValues(bitpix, count);
  const read = readers[bitpix];
  for (let index = 0; index < count; index++) values[index] = read(bytes, index * width);
  return values;
}

function newValues(bitpix: CompressedLayout['bitpix'], count: number): TileValues {
  switch (bitpix) {
    case -32:
      return new Float32Array(count);
    case 64:
    case -64:
      return new Float64Array(count);
    default:
      return new Int32Array(count);
  }
}

const readers: Readonly<Record<CompressedLayout['bitpix'], (bytes: Buffer, at: number) => number>> =
  {
    8: (bytes, at) => bytes.readUInt8(at),
    16: (bytes, at) => bytes.readInt16BE(at),
    32: (bytes, at) => bytes.readInt32BE(at),
    64: (bytes, at) => Number(bytes.readBigInt64BE(at)),
    '-32': (bytes, at) => bytes.readFloatBE(at),
    '-64': (bytes, at) => bytes.readDoubleBE(at),
  };

function damaged(place: FitsPlace, cause?: unknown): FitsError {
  return new FitsError('a compressed tile cannot be unpacked.', {
    ...place,
    code: 'WRONG_DATA',
    cause,
  });
}
