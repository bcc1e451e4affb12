import { cardBytes, wholeBlocks } from './block.ts';

const endCard = 'END'.padEnd(cardBytes);

/** A header as it stands in a file: the cards, which have 80 characters each, END, and blanks up to a whole block. */
export function headerBytes(cards: readonly string[]): Buffer {
  const text = [...cards, endCard].join('');
  return Buffer.from(text.padEnd(wholeBlocks(text.length)), 'latin1');
}
