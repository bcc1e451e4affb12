import { type Cards, hasCard } from '../header/cards.ts';
import { setFloat } from '../header/set-card.ts';
import { type AmpName, ampNames } from '../steps/quadrants.ts';
import type { Trailer } from './trailer.ts';

/** Writes the bias levels that were subtracted, where the header has room for them. */
export function recordBiasLevels(
  trailer: Trailer,
  options: {
    readonly cards: Cards;
    readonly levels: { readonly amps: ReadonlyMap<AmpName, number> };
  },
): void {
  const { cards, levels } = options;
  if (!hasCard(cards, 'BIASLEVA')) {
    trailer.message(
      '  NO bias level keywords found to be updated.\n  Reporting values in trailer file only!',
    );
    return;
  }
  for (const amp of ampNames) {
    const level = levels.amps.get(amp) ?? 0;
    if (level !== 0) setFloat(cards, `BIASLEV${amp}`, level, "mean of amp's bias level");
  }
}
