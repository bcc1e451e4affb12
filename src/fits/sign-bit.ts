import { endianness } from 'node:os';
import type { PixelArray } from './pixel-type.ts';

/**
 * Changes the sign bit of every value in place. That is what BZERO (or TZERO) of half the range means: unsigned values stored as
 * signed ones, and signed bytes stored as unsigned ones. It is exact, and its own inverse.
 */
export function flipSignBits(array: PixelArray): void {
  if (array instanceof BigInt64Array || array instanceof BigUint64Array) {
    const words = new Uint32Array(array.buffer, array.byteOffset, array.length * 2);
    for (let index = endianness() === 'BE' ? 0 : 1; index < words.length; index += 2) {
      words[index] = (words[index] ?? 0) ^ 0x80000000;
    }
    return;
  }
  const bit = 2 ** (8 * array.BYTES_PER_ELEMENT - 1);
  for (let index = 0; index < array.length; index += 1) {
    array[index] = (array[index] ?? 0) ^ bit;
  }
}
