import { cardKeyword, isCommentary } from './card.ts';
import type { CardValue } from './card-value.ts';
import { formatCard, type WritableValue } from './format-card.ts';
import type { Header } from './header.ts';

/** The value a keyword is to have. */
export interface KeywordUpdate {
  readonly value: WritableValue;
  /** Default: the comment the card had; a new card gets none. */
  readonly comment?: string;
}

/**
 * Gives a keyword a value as `astropy.io.fits` does, byte for byte. The first card of that name is written anew and takes the
 * place of its CONTINUE cards too, unless value and comment are what it has already: then its bytes stay. A new keyword goes after
 * the last card that is neither blank nor COMMENT nor HISTORY, and where the header ends in blank cards one of them is given up.
 * @throws RangeError for a keyword or value that no card can hold.
 */
export function setKeyword(header: Header, keyword: string, update: KeywordUpdate): void {
  const card = header.card(keyword);
  const comment = update.comment ?? card?.comment ?? '';
  if (card === undefined) {
    insertNew(header, formatCard(keyword, { ...update, comment }));
  } else if (!sameValue(card.value, update.value) || comment !== card.comment) {
    const index = header.indexOf(keyword);
    const insert = formatCard(keyword, { ...update, comment });
    header.replaceAt(index, { remove: header.cardsAt(index), insert });
  }
}

/** Puts a ready card of 80 characters in the place of the first one with its keyword, or at the end where there is none. */
export function replaceCard(header: Header, card: string): void {
  const index = header.indexOf(cardKeyword(card));
  if (index < 0) appendCard(header, card);
  else header.replaceAt(index, { remove: header.cardsAt(index), insert: [card] });
}

/** Puts a ready card of 80 characters at the end, after HISTORY and blank cards. */
export function appendCard(header: Header, card: string): void {
  header.replaceAt(header.cards.length, { remove: 0, insert: [card] });
}

/** Puts a ready card of 80 characters after the first card of a keyword; that keyword must be there. */
export function insertCardAfter(
  header: Header,
  card: string,
  options: { readonly keyword: string },
): void {
  const index = header.indexOf(options.keyword);
  if (index < 0) {
    throw new RangeError(`Expected the header to have \`${options.keyword}\`, it has not.`);
  }
  header.replaceAt(index + header.cardsAt(index), { remove: 0, insert: [card] });
}

/** Takes the first card of a keyword out, its CONTINUE cards too; returns whether there was one. */
export function removeCard(header: Header, keyword: string): boolean {
  const index = header.indexOf(keyword);
  if (index < 0) return false;
  header.replaceAt(index, { remove: header.cardsAt(index), insert: [] });
  return true;
}

function insertNew(header: Header, texts: readonly string[]): void {
  let index = header.cards.length;
  while (index > 0 && isCommentary(cardKeyword(header.cards[index - 1] ?? ''))) index -= 1;
  header.replaceAt(index, { remove: 0, insert: texts });
  for (let count = 0; count < texts.length; count += 1) dropLastIfBlank(header);
}

function dropLastIfBlank(header: Header): void {
  const last = header.cards.length - 1;
  if (header.cards[last]?.trim() === '') header.replaceAt(last, { remove: 1, insert: [] });
}

function sameValue(old: CardValue, value: WritableValue): boolean {
  switch (old.kind) {
    case 'string':
      return old.value === (typeof value === 'string' ? value.trimEnd() : undefined);
    case 'logical':
    case 'integer':
      return old.value === value;
    case 'real':
      return typeof value === 'object' ? old.value === value.real : old.value === value;
    case 'complex':
    case 'undefined':
    case 'unreadable':
    case 'none':
      return false;
  }
}
