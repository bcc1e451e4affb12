import { parseValueField, type CardValue } from './card-value.ts';

/** One header card, or a string card together with its CONTINUE cards. */
export interface Card {
  /** In upper case; '' for a blank keyword; without `HIERARCH`. */
  readonly keyword: string;
  readonly value: CardValue;
  readonly comment: string;
}

const withoutValue: ReadonlySet<string> = new Set(['', 'COMMENT', 'HISTORY', 'CONTINUE', 'END']);

/** The first character of a text that no header can hold: a control character other than a tab, which some programs leave. */
export function unfitCharacter(
  text: string,
): { readonly character: string; readonly at: number } | undefined {
  const match = /[^\t -~\x80-\xff]/.exec(text);
  return match === null ? undefined : { character: match[0], at: match.index };
}

/** Whether a card with this keyword is commentary, which new keywords are put in front of. */
export function isCommentary(keyword: string): boolean {
  return keyword === '' || keyword === 'COMMENT' || keyword === 'HISTORY';
}

/** The keyword of a card text, in upper case; '' where it is blank. */
export function cardKeyword(text: string): string {
  const first = text.slice(0, 8).trimEnd().toUpperCase();
  if (withoutValue.has(first)) return first;
  if (first === 'HIERARCH') return hierarchKeyword(text) ?? first;
  const indicator = text.indexOf('= ');
  // `KEY= 1`, not fixed format, but written by some programs.
  return indicator >= 0 && indicator < 8 ? text.slice(0, indicator).trimEnd().toUpperCase() : first;
}

function hierarchKeyword(text: string): string | undefined {
  const equals = text.indexOf('=');
  return equals < 0 || text[8] !== ' ' ? undefined : text.slice(9, equals).trim().toUpperCase();
}

/** Reads one card of 80 characters. Never throws: what cannot be read has a value of kind `unreadable`. */
export function parseCard(text: string): Card {
  const keyword = cardKeyword(text);
  if (keyword === 'CONTINUE') return { keyword, ...parseValueField(text.slice(8)) };
  if (withoutValue.has(keyword)) {
    return { keyword, value: { kind: 'none', text: text.slice(8).trimEnd() }, comment: '' };
  }
  const field = valueField(text);
  if (field === undefined) {
    return { keyword, value: { kind: 'none', text: text.slice(8).trimEnd() }, comment: '' };
  }
  return { keyword, ...parseValueField(field) };
}

function valueField(text: string): string | undefined {
  if (text.startsWith('HIERARCH ')) {
    const equals = text.indexOf('=');
    return equals < 0 ? undefined : text.slice(equals + 1);
  }
  const indicator = text.indexOf('= ');
  return indicator >= 0 && indicator <= 8 ? text.slice(indicator + 2) : undefined;
}

/** Reads a string card and the CONTINUE cards after it as one card. */
export function parseContinued(texts: readonly string[]): Card {
  const [first, ...rest] = texts.map(parseCard);
  if (first === undefined) throw new RangeError('Expected at least one card.');
  if (rest.length === 0 || first.value.kind !== 'string') return first;
  const parts = [first, ...rest];
  const pieces = parts.map(({ value }) => (value.kind === 'string' ? value.value : ''));
  const last = pieces.length - 1;
  const joined = pieces
    // The last `&` continues nothing, so it belongs to the value.
    .map((piece, index) => (index < last && piece.endsWith('&') ? piece.slice(0, -1) : piece))
    .join('');
  const comment = parts.map((part) => part.comment).filter((text) => text !== '');
  const text = parts.map(({ value }) => value.text).join('');
  const value = { kind: 'string', text, value: joined, padded: joined } as const;
  return { keyword: first.keyword, value, comment: comment.join(' ') };
}
