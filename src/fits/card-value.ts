/**
 * The value of a header card. `text` is the value field as it stands in the file, without the blanks around it.
 * An integer is a `number` where that is exact (up to 2^53 - 1), else a `bigint`.
 * `none` is a card that has no value field at all (COMMENT, HISTORY, blank keyword, no `= `).
 */
export type CardValue =
  | {
      readonly kind: 'string';
      readonly text: string;
      /** Without trailing blanks, quotes undoubled, continuations joined. */
      readonly value: string;
      /** The same with its trailing blanks. */
      readonly padded: string;
    }
  | { readonly kind: 'logical'; readonly text: string; readonly value: boolean }
  | { readonly kind: 'integer'; readonly text: string; readonly value: number | bigint }
  | { readonly kind: 'real'; readonly text: string; readonly value: number }
  | {
      readonly kind: 'complex';
      readonly text: string;
      readonly value: { readonly real: number; readonly imaginary: number };
    }
  | { readonly kind: 'undefined'; readonly text: '' }
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'none'; readonly text: string };

/** A value field with the comment that follows it. */
export interface ValueAndComment {
  readonly value: CardValue;
  /** Without the slash and the blanks around the text. */
  readonly comment: string;
}

const integerForm = /^([+-]?) *(\d+)$/;
const realForm = /^[+-]? *(?:\d+\.?\d*|\.\d+)(?:[EeDd] *[+-]?\d+)?$/;
const complexForm = /^\(([^,()]*),([^,()]*)\)$/;
const quotedForm = /^'((?:[^']|'')*)'([^/]*)(?:\/(.*))?$/s;

/** Reads what follows the value indicator `= ` of a card (FITS 4.0, section 4.2), in fixed or free format. */
export function parseValueField(field: string): ValueAndComment {
  const text = field.trimStart();
  if (text.startsWith("'")) return parseQuoted(text);
  const slash = text.indexOf('/');
  const plain = (slash < 0 ? text : text.slice(0, slash)).trim();
  return { value: parsePlain(plain), comment: slash < 0 ? '' : text.slice(slash + 1).trim() };
}

function parseQuoted(field: string): ValueAndComment {
  const match = quotedForm.exec(field);
  if (match === null) return { value: { kind: 'unreadable', text: field.trim() }, comment: '' };
  const [, inner = '', , comment = ''] = match;
  const padded = inner.replaceAll("''", "'");
  const value = { kind: 'string', text: `'${inner}'`, value: trimBlanks(padded), padded } as const;
  return { value, comment: comment.trim() };
}

/** Removes trailing blanks, and blanks only: other white space belongs to the value. */
function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ' ') end -= 1;
  return text.slice(0, end);
}

function parsePlain(text: string): CardValue {
  if (text === '') return { kind: 'undefined', text };
  if (text === 'T' || text === 'F') return { kind: 'logical', text, value: text === 'T' };
  if (integerForm.test(text)) return { kind: 'integer', text, value: parseInteger(text) };
  if (realForm.test(text)) return { kind: 'real', text, value: parseReal(text) };
  const [, real = '', imaginary = ''] = complexForm.exec(text) ?? [];
  if (realForm.test(real.trim()) && realForm.test(imaginary.trim())) {
    const value = { real: parseReal(real), imaginary: parseReal(imaginary) };
    return { kind: 'complex', text, value };
  }
  return { kind: 'unreadable', text };
}

function parseInteger(text: string): number | bigint {
  const [, sign = '', digits = '0'] = integerForm.exec(text) ?? [];
  const small = Number(`${sign}${digits}`);
  if (Number.isSafeInteger(small)) return small === 0 ? 0 : small;
  const large = BigInt(digits);
  return sign === '-' ? -large : large;
}

function parseReal(text: string): number {
  return Number(text.replaceAll(' ', '').replace(/[Dd]/, 'e'));
}
