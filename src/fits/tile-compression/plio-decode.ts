import type { TileMemory } from './tile-memory.ts';

/** What an instruction does, by its upper four bits (FITS 4.0, table 38). */
const instructions = {
  zeros: 0,
  setHigh: 1,
  raiseHigh: 2,
  lowerHigh: 3,
  highs: 4,
  zerosThenHigh: 5,
  raiseAndPut: 6,
  lowerAndPut: 7,
} as const;

/**
 * Decodes the integers of a tile compressed with PLIO (FITS 4.0, section 10.4.3): instructions that put runs of zeros or of a
 * current value, which others change. Values that no instruction puts are zero.
 *
 * @returns undefined where the list is cut off.
 */
export function plioDecode(
  words: Int16Array,
  options: { readonly count: number; readonly memory: TileMemory },
): Int32Array | undefined {
  const list = instructionsOf(words);
  if (list === undefined) return undefined;
  const { count, memory } = options;
  const values = new Int32Array(memory.values(4 * count), 0, count).fill(0);
  let high = 1;
  let place = 0;
  for (let index = 0; index < list.length; index++) {
    const word = list[index] ?? 0;
    const data = word & 0xfff;
    switch (word >> 12) {
      case instructions.zeros:
        place += data;
        break;
      case instructions.highs:
        values.fill(high, place, place + data);
        place += data;
        break;
      case instructions.zerosThenHigh:
        place += data;
        if (data > 0) values[place - 1] = high;
        break;
      case instructions.setHigh:
        index++;
        high = ((list[index] ?? 0) << 12) + data;
        break;
      case instructions.raiseHigh:
        high += data;
        break;
      case instructions.lowerHigh:
        high -= data;
        break;
      case instructions.raiseAndPut:
      case instructions.lowerAndPut:
        high += word >> 12 === instructions.raiseAndPut ? data : -data;
        values[place] = high;
        place++;
    }
  }
  return values;
}

/** The words after the beginning, of which there are two forms: in the old one, the third word is the length of the list. */
function instructionsOf(words: Int16Array): Int16Array | undefined {
  const [, headWords = 0, oldLength = 0, lowLength = 0, highLength = 0] = words;
  const isOld = oldLength > 0;
  const start = isOld ? 3 : headWords;
  const length = isOld ? oldLength : (highLength << 15) + lowLength;
  if (words.length < 3 || start < 0 || length < 0 || length > words.length) return undefined;
  return words.subarray(start, length);
}
