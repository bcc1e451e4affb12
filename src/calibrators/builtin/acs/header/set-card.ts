import { type Cards, findCard, valueEnd } from './cards.ts';
import { formatExponential } from './c-number.ts';

const cardLength = 80;
const historyLength = 72;
const stringLength = 68;

/** Sets a whole number: columns 11 to 30 of an existing card, which keeps its comment, or a new card at the end. */
export function setInteger(cards: Cards, keyword: string, value: number, comment = ''): void {
  setNumber(cards, keyword, String(value), comment);
}

/** Sets a number rounded to single precision, with eight digits. */
export function setFloat(cards: Cards, keyword: string, value: number, comment = ''): void {
  setNumber(cards, keyword, formatExponential(Math.fround(value), 7), comment);
}

/** Sets a number in double precision, with thirteen digits. */
export function setDouble(cards: Cards, keyword: string, value: number, comment = ''): void {
  setNumber(cards, keyword, formatExponential(value, 12), comment);
}

/** Sets a logical: columns 11 to 30 only, so that column 31 keeps what it holds. */
export function setLogical(cards: Cards, keyword: string, value: boolean, comment = ''): void {
  const field = (value ? 'T' : 'F').padStart(20);
  const position = findCard(cards, keyword);
  const old = cards[position];
  if (old === undefined) append(cards, keyword, field, comment);
  else cards[position] = old.slice(0, 10) + field + old.slice(30);
}

/** Sets a string. The comment of an existing card is moved to where the new value ends. */
export function setString(cards: Cards, keyword: string, text: string, comment = ''): void {
  const escaped = text.replaceAll("'", "''").slice(0, stringLength);
  const field = `'${escaped.padEnd(8)}'`.padEnd(20);
  const position = findCard(cards, keyword);
  const old = cards[position];
  if (old === undefined) {
    append(cards, keyword, field, comment);
    return;
  }
  const head = `${keyword.padEnd(8)}= ${field}`;
  cards[position] = head.length > 77 ? fit(head) : fit(`${head} / ${commentOf(old)}`);
}

/** Appends HISTORY cards, 72 characters each. */
export function addHistory(cards: Cards, text: string): void {
  for (let start = 0; start === 0 || start < text.length; start += historyLength)
    cards.push(fit(`HISTORY ${text.slice(start, start + historyLength)}`));
}

/** Removes every card with this keyword. */
export function removeCard(cards: Cards, keyword: string): void {
  const position = findCard(cards, keyword);
  if (position >= 0) cards.splice(position, 1);
}

function setNumber(cards: Cards, keyword: string, text: string, comment: string): void {
  const field = text.padStart(20);
  const position = findCard(cards, keyword);
  const old = cards[position];
  if (old === undefined) append(cards, keyword, field, comment);
  else cards[position] = `${old.slice(0, 10)}${field} ${old.slice(31)}`;
}

function append(cards: Cards, keyword: string, field: string, comment: string): void {
  cards.push(fit(`${keyword.padEnd(8)}= ${field} / ${comment}`));
}

function fit(card: string): string {
  return card.slice(0, cardLength).padEnd(cardLength);
}

/** The text after the slash that follows the value. */
function commentOf(card: string): string {
  const rest = card.slice(valueEnd(card));
  const slash = rest.indexOf('/');
  return slash < 0 ? '' : rest.slice(slash + 1).trim();
}
