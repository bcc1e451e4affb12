import { isReserved, keptCards } from './reserved-cards.ts';

/**
 * The header of a file after HSTIO has changed it in place: everything up to the last card that describes the data stays, then come
 * all other cards. A card such as NEXTEND among the describing ones is then there twice; reproduced, readers take the first.
 *
 * @param original - All cards of the file. @param change - Gets the other cards and changes them.
 */
export function rewrittenHeader(
  original: readonly string[],
  change: (kept: string[]) => void,
): readonly string[] {
  const kept = keptCards(original);
  change(kept);
  const last = original.findLastIndex(isReserved);
  return [...original.slice(0, last + 1), ...kept];
}
