import type { BitReader } from '../bit-reader.ts';

/** The codes of four bits and fewer, by the length of the code and what follows its first bits. */
const ofThree = [1, 2, 4, 8];
const ofFour = [3, 5, 10, 12, 15];
const ofFive = [6, 7, 9, 11, 13];

/**
 * Reads the bits of four neighbours, stored as a Huffman code of three to six bits (FITS 4.0, table 39): squares with one bit set
 * are frequent and have the short ones.
 */
export function readSquareBits(reader: BitReader): number {
  const three = reader.bits(3);
  if (three < 4) return ofThree[three] ?? 0;
  const four = 2 * three + reader.bits(1);
  if (four < 13) return ofFour[four - 8] ?? 0;
  const five = 2 * four + reader.bits(1);
  if (five < 31) return ofFive[five - 26] ?? 0;
  return reader.bits(1) === 0 ? 0 : 14;
}
