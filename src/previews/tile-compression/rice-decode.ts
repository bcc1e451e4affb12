/** How the differences of one block are coded, by the size of a pixel. */
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
  options: { readonly count: number; readonly blockSize: number; readonly bytes: 1 | 2 | 4 },
): Int32Array | undefined {
  const { count, blockSize } = options;
  const code = codes[options.bytes];
  const reader = bitReader(bytes);
  const values = new Int32Array(count);
  let last = reader.bits(8 * options.bytes);
  for (let index = 0; index < count;) {
    const low = reader.bits(code.bits) - 1;
    const end = Math.min(count, index + blockSize);
    for (; index < end; index++) {
      if (low >= 0) {
        const mapped =
          low === code.most
            ? reader.bits(8 * options.bytes)
            : ((reader.zeros() << low) | reader.bits(low)) >>> 0;
        last += mapped & 1 ? ~(mapped >>> 1) : mapped >>> 1;
      }
      last = narrowed(last, options.bytes);
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

interface BitReader {
  /** The next bits as an unsigned number; 32 at most. */
  bits(count: number): number;
  /** How many zeros come before the next one, which is skipped. */
  zeros(): number;
  /** Whether more was read than there is. */
  isSpent(): boolean;
}

function bitReader(bytes: Uint8Array): BitReader {
  let position = 0;
  const end = 8 * bytes.length;
  const bit = (): number => {
    const value = ((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
    position++;
    return value;
  };
  return {
    bits(count) {
      let value = 0;
      for (let left = count; left > 0;) {
        const inByte = 8 - (position & 7);
        const taken = Math.min(left, inByte);
        const byte = (bytes[position >> 3] ?? 0) >> (inByte - taken);
        value = value * 2 ** taken + (byte & (2 ** taken - 1));
        position += taken;
        left -= taken;
      }
      return value;
    },
    zeros() {
      let count = 0;
      while (position < end && bit() === 0) count++;
      return count;
    },
    isSpent: () => position > end,
  };
}
