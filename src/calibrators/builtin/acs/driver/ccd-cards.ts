import type { Cards } from '../header/cards.ts';
import { setFloat } from '../header/set-card.ts';
import { ampNames } from '../steps/quadrants.ts';
import type { CcdParameters } from '../tables/ccdtab.ts';

/** Writes gain and read noise of the amplifiers. */
export function setAmpParameters(cards: Cards, ccd: CcdParameters): void {
  for (const amp of ampNames) setFloat(cards, `ATODGN${amp}`, ccd.gain[amp]);
  for (const amp of ampNames) setFloat(cards, `READNSE${amp}`, ccd.readNoise[amp]);
}
