import type { ReusedMemory } from '../reused-memory.ts';

/** Reads numbers of some bits from bytes, highest bit first. Behind the end there are zeros. */
export interface BitReader {
  /** The next bits as an unsigned number; from 0 to 32 of them. */
  bits(count: number): number;
  /** How many zeros come before the next one, which is skipped. */
  zeros(): number;
  /** Goes on at the beginning of the next byte, where it is not at one. */
  toByte(): void;
  /** Whether more was read than there is. */
  isSpent(): boolean;
}

/** Bits of a word that can be read from any bit of a byte on. */
const atOnce = 25;

/**
 * Makes a reader.
 *
 * @param options.memory - for a copy of the bytes.
 */
export function bitReader(
  bytes: Uint8Array,
  options: { readonly memory: ReusedMemory },
): BitReader {
  // Zeros behind the end spare every read the question whether it is there.
  const length = bytes.length + 8;
  const buffer = options.memory(length);
  const copy = new Uint8Array(buffer, 0, length);
  copy.set(bytes);
  copy.fill(0, bytes.length);
  const padded = new DataView(buffer, 0, length);
  const end = 8 * bytes.length;
  let position = 0;
  const word = (): number =>
    position < end ? padded.getInt32(position >>> 3) << (position & 7) : 0;
  const few = (count: number): number => {
    const value = count === 0 ? 0 : word() >>> (32 - count);
    position += count;
    return value;
  };
  return {
    bits: (count) => (count <= atOnce ? few(count) : few(count - 16) * 65_536 + few(16)),
    zeros() {
      let count = 0;
      while (position < end) {
        const there = 32 - (position & 7);
        const found = Math.min(there, Math.clz32(word()));
        count += found;
        position += found;
        if (found < there) {
          position++;
          return count;
        }
      }
      // Nothing but zeros was left: the one is missing.
      position = end + 1;
      return count;
    },
    toByte() {
      position = (position + 7) & ~7;
    },
    isSpent: () => position > end,
  };
}
