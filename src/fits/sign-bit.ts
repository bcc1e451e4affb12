import { endianness } from 'node:os';
import { bytesOf } from './byte-order.ts';
import type { PixelArray } from './pixel-type.ts';

/**
 * Changes the sign bit of every value in place. That is what BZERO (or TZERO) of half the range means: unsigned values stored as
 * signed ones, and signed bytes stored as unsigned ones. It is exact, and its own inverse.
 */
export function flipSignBits(array: PixelArray): void {
  const width = array.BYTES_PER_ELEMENT;
  const bytes = bytesOf(array);
  // Four bytes at a time where they lie on whole words, which is several times as fast as value by value.
  const words = bytes.byteOffset % 4 === 0 ? Math.floor(bytes.length / 4) : 0;
  flipWords(new Uint32Array(bytes.buffer, words === 0 ? 0 : bytes.byteOffset, words), { width });
  const highest = endianness() === 'BE' ? 0 : width - 1;
  const done = words * 4;
  for (let at = done - (done % width) + highest; at < bytes.length; at += width) {
    if (at >= done) bytes[at] = (bytes[at] ?? 0) ^ 0x80;
  }
}

function flipWords(words: Uint32Array, { width }: { readonly width: number }): void {
  const mask = { 1: 0x80808080, 2: 0x80008000, 4: 0x80000000, 8: 0x80000000 }[width] ?? 0;
  const first = width === 8 && endianness() === 'LE' ? 1 : 0;
  const step = width === 8 ? 2 : 1;
  for (let index = first; index < words.length; index += step) {
    words[index] = (words[index] ?? 0) ^ mask;
  }
}
