import { parseDecimal } from './decimal.ts';

/** The cards of one header as they stand in the file: 80 characters each, without END; changed by the setters of `set-card.ts`. */
export type Cards = string[];

/** The value of a card. */
export type CardValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'logical'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly isInteger: boolean };

/** Position of the first card with this keyword, or -1. */
export function findCard(cards: readonly string[], keyword: string): number {
  const name = keyword.padEnd(8);
  return cards.findIndex((card) => card.startsWith(name));
}

/** Whether a card with this keyword exists. */
export function hasCard(cards: readonly string[], keyword: string): boolean {
  return findCard(cards, keyword) >= 0;
}

/** The value of the first card with this keyword; undefined where there is none or it has no value. */
export function cardValue(cards: readonly string[], keyword: string): CardValue | undefined {
  const card = cards[findCard(cards, keyword)];
  return card === undefined ? undefined : parseValue(card.slice(10).trimStart());
}

/** Where the value field of a card ends: the position after the closing quote of a string, or 30. */
export function valueEnd(card: string): number {
  const match = /^.{10} *'(?:[^']|'')*'/.exec(card);
  return match === null ? 30 : match[0].length;
}

function parseValue(field: string): CardValue | undefined {
  if (field.startsWith("'")) {
    const quoted = /^'((?:[^']|'')*)'?/.exec(field)?.[1] ?? '';
    return { kind: 'string', text: stringValue(quoted.replaceAll("''", "'")) };
  }
  if (/^[TF](?![A-Za-z0-9])/.test(field)) return { kind: 'logical', value: field.startsWith('T') };
  const text = field.split('/')[0]?.trim() ?? '';
  const value = parseDecimal(text);
  return value === undefined
    ? undefined
    : { kind: 'number', value, isInteger: /^[+-]?\d+$/.test(text) };
}

/** Trailing blanks do not count, but a string of blanks alone reads as one blank. */
function stringValue(text: string): string {
  const trimmed = text.replace(/ +$/, '');
  return trimmed === '' && text !== '' ? ' ' : trimmed;
}
