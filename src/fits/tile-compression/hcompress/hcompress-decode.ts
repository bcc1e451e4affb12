import { bitReader } from '../bit-reader.ts';
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
  options: { readonly count: number; readonly smooth: boolean },
): Int32Array | undefined {
  if (bytes.length < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [rows, columns, scale] = [view.getInt32(2), view.getInt32(6), view.getInt32(10)];
  const isTile = view.getUint16(0) === magic && rows > 0 && columns > 0;
  if (!isTile || rows * columns !== options.count) return undefined;
  const planes = [view.getUint8(22), view.getUint8(23), view.getUint8(24)] as const;
  const transform = { rows, columns, values: new Float64Array(options.count) };
  const reader = bitReader(bytes.subarray(headerBytes));
  if (!decodeQuadrants(transform, { reader, planes }) || reader.isSpent()) return undefined;
  transform.values[0] = Number(view.getBigInt64(14));
  if (scale > 1) multiply(transform, scale);
  invertTransform(transform, { smoothBy: options.smooth ? Math.floor(scale / 2) : 0 });
  return new Int32Array(transform.values);
}

/** Undoes the rounding of coefficients to multiples. */
function multiply({ values }: Coefficients, scale: number): void {
  for (let index = 0; index < values.length; index++) {
    values[index] = (values[index] ?? 0) * scale;
  }
}
