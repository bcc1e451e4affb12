import { bitReader } from './bit-reader.ts';
import type { TileMemory } from './tile-memory.ts';

/** How the differences of one block are coded, by the bytes of a value. */
const codes = {
  1: { bits: 3, most: 6 },
  2: { bits: 4, most: 14 },
  4: { bits: 5, most: 25 },
} as const;

/**
 * Decodes the integers of a tile compressed with the Rice algorithm (FITS 4.0, section 10.4.1): the first one as it is, then
 * blocks of differences, each with its own number of low bits.
 *
 * @returns undefined where the bytes end too early.
 */
export function riceDecode(
  bytes: Uint8Array,
  options: {
    readonly count: number;
    readonly blockSize: number;
    readonly bytes: 1 | 2 | 4;
    readonly memory: TileMemory;
  },
): Int32Array | undefined {
  const { count, blockSize, memory } = options;
  const code = codes[options.bytes];
  const width = 8 * options.bytes;
  const reader = bitReader(bytes, { memory: memory.bits });
  const values = new Int32Array(memory.values(4 * count), 0, count);
  let last = narrowed(reader.bits(width), options.bytes);
  for (let index = 0; index < count;) {
    const low = reader.bits(code.bits) - 1;
    const end = Math.min(count, index + blockSize);
    for (; index < end; index++) {
      if (low >= 0) {
        const coded =
          low === code.most ? reader.bits(width) : (reader.zeros() << low) | reader.bits(low);
        // The lowest bit is the sign.
        last = narrowed(last + ((coded >>> 1) ^ -(coded & 1)), options.bytes);
      }
      values[index] = last;
    }
    if (reader.isSpent()) return undefined;
  }
  return values;
}

/** Integers overflow as they do in their own size; single bytes have no sign. */
function narrowed(value: number, bytes: 1 | 2 | 4): number {
  switch (bytes) {
    case 1:
      return value & 0xff;
    case 2:
      return (value << 16) >> 16;
    case 4:
      return value | 0;
  }
}
