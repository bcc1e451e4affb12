import { bitReader } from '../bit-reader.ts';
import type { TileMemory } from '../tile-memory.ts';
import type { Coefficients } from './coefficients.ts';
import { decodeQuadrants } from './decode-quadrants.ts';
import { invertTransform } from './invert-transform.ts';

const headerBytes = 25;
const magic = 0xdd99;

/**
 * Decodes the integers of a tile compressed with HCOMPRESS (FITS 4.0, section 10.4.4; White, Postman & Lattanzi 1992):
 * bit planes of a wavelet transform, each a quadtree. Values beyond 32 bits, which lossy compression makes of those next to
 * missing ones, overflow. Memory: the tile twice as doubles.
 *
 * @param options.smooth - whether rounded coefficients are to be interpolated.
 * @returns undefined where the bytes are no such tile, or end too early.
 */
export function hcompressDecode(
  bytes: Uint8Array,
  options: { readonly count: number; readonly smooth: boolean; readonly memory: TileMemory },
): Int32Array | undefined {
  const { count, memory } = options;
  if (bytes.length < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [rows, columns, scale] = [view.getInt32(2), view.getInt32(6), view.getInt32(10)];
  const isTile = view.getUint16(0) === magic && rows > 0 && columns > 0;
  if (!isTile || rows * columns !== count) return undefined;
  const planes = [view.getUint8(22), view.getUint8(23), view.getUint8(24)] as const;
  const values = new Float64Array(memory.values(8 * count), 0, count).fill(0);
  const transform = { rows, columns, values };
  const { scratch } = memory;
  const reader = bitReader(bytes.subarray(headerBytes), { memory: memory.bits });
  if (!decodeQuadrants(transform, { reader, planes, scratch }) || reader.isSpent()) {
    return undefined;
  }
  values[0] = Number(view.getBigInt64(14));
  if (scale > 1) multiply(transform, scale);
  invertTransform(transform, { smoothBy: options.smooth ? Math.floor(scale / 2) : 0, scratch });
  return toIntegers(values);
}

/** Reduces values to 32 bits, in place: an integer never reaches a double that is still to be read. */
function toIntegers(values: Float64Array<ArrayBuffer>): Int32Array {
  const integers = new Int32Array(values.buffer, 0, values.length);
  for (let index = 0; index < values.length; index++) integers[index] = values[index] ?? 0;
  return integers;
}

/** Undoes the rounding of coefficients to multiples. */
function multiply({ values }: Coefficients, scale: number): void {
  for (let index = 0; index < values.length; index++) {
    values[index] = (values[index] ?? 0) * scale;
  }
}
