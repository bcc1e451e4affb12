import { type Cards, cardValue } from '../header/cards.ts';
import { setDouble, setFloat } from '../header/set-card.ts';

/** Moves the reference pixels of a header by the columns and lines that were cut off, also where that is none. */
export function shiftReferencePixel(
  cards: Cards,
  offset: { readonly x: number; readonly y: number },
): void {
  const shifts = [
    ['LTV1', 'CRPIX1', offset.x],
    ['LTV2', 'CRPIX2', offset.y],
  ] as const;
  for (const [ltv, , shift] of shifts) {
    const value = cardValue(cards, ltv);
    if (value?.kind === 'number') setFloat(cards, ltv, Math.fround(value.value) - shift);
  }
  for (const [, crpix, shift] of shifts) {
    const value = cardValue(cards, crpix);
    if (value?.kind === 'number') setDouble(cards, crpix, value.value - shift);
  }
}
