import type { Cards } from './cards.ts';

const reservedNames =
  /^(?:BITPIX|BSCALE|BZERO|DATAMAX|DATAMIN|DATATYPE|DATE|EXTEND|GCOUNT|GROUPS|NAXIS\d?|ORIGIN|PCOUNT|PDTYPE\d|PSIZE\d?|PTYPE\d|SIMPLE|XTENSION) *$/;
const standardComments = [
  "COMMENT   FITS (Flexible Image Transport System) format is defined in 'Astronomy",
  "COMMENT   and Astrophysics', volume 376, page 359; bibcode: 2001A&A...376..359H ",
];

/** Whether a card describes the data that follow and is therefore made new on every write. */
export function isReserved(card: string): boolean {
  return reservedNames.test(card.slice(0, 8)) || standardComments.includes(card);
}

/** The cards of a header that calacs carries from its input to its products: all but the reserved ones and blank margins. */
export function keptCards(cards: readonly string[]): Cards {
  const kept = cards.filter((card) => !isReserved(card)).map(withUpperCaseName);
  const isBlank = (card: string | undefined): boolean => card !== undefined && card.trim() === '';
  while (isBlank(kept[0])) kept.shift();
  while (isBlank(kept.at(-1))) kept.pop();
  return kept;
}

function withUpperCaseName(card: string): string {
  return card.slice(0, 8).toUpperCase() + card.slice(8);
}
