import { cardBytes } from './block.ts';

/** What can be written as the value of a card. A `number` is written as an integer where it is one up to 2^53 - 1; `real` never is. */
export type WritableValue = string | number | bigint | boolean | { readonly real: number };

/** Columns of the value field of fixed format: 11 to 30. */
const fieldWidth = 20;
/** Most characters between the quotes of one card. */
const longestString = 68;

/**
 * Writes a card, as several texts where a string needs CONTINUE cards, each of 80 characters.
 * Strings are padded to 8 characters inside the quotes, other values end in column 30, and a comment that does not fit is cut.
 * Source: FITS 4.0, section 4.2, and the layout that `astropy.io.fits` gives its cards.
 */
export function formatCard(
  keyword: string,
  options: { readonly value: WritableValue; readonly comment?: string },
): readonly string[] {
  const { value, comment = '' } = options;
  const start = `${cardName(keyword)}= `;
  if (typeof value !== 'string') return [finish(start + formatPlain(value), comment)];
  if (/[^ -~]/.test(value)) {
    throw new RangeError(
      `Expected printable ASCII text for \`${keyword}\`, got ${JSON.stringify(value)}.`,
    );
  }
  const quoted = value.replaceAll("'", "''");
  if (quoted.length > longestString) return formatLong(start, { quoted, comment });
  return [finish(start + `'${quoted.padEnd(8)}'`.padEnd(fieldWidth), comment)];
}

/** Writes COMMENT, HISTORY or blank-keyword cards of up to 72 characters each. */
export function formatCommentary(
  keyword: 'COMMENT' | 'HISTORY' | '',
  options: { readonly text: string },
): readonly string[] {
  const pieces = options.text.match(/.{1,72}/gs) ?? [''];
  return pieces.map((piece) => (keyword.padEnd(8) + piece).padEnd(cardBytes));
}

function cardName(keyword: string): string {
  if (!/^[A-Z0-9_-]{1,8}$/.test(keyword)) {
    throw new RangeError(
      `Expected a keyword of 1 to 8 characters A-Z, 0-9, - and _, got \`${keyword}\`.`,
    );
  }
  return keyword.padEnd(8);
}

function finish(beginning: string, comment: string): string {
  if (beginning.length > cardBytes) {
    throw new RangeError(`Expected a value that fits into a card, got \`${beginning}\`.`);
  }
  const text = comment === '' ? beginning : `${beginning} / ${comment}`;
  return text.slice(0, cardBytes).padEnd(cardBytes);
}

function formatPlain(value: Exclude<WritableValue, string>): string {
  if (typeof value === 'boolean') return (value ? 'T' : 'F').padStart(fieldWidth);
  if (typeof value === 'object') return formatReal(value.real).padStart(fieldWidth);
  const text =
    typeof value === 'bigint' || Number.isSafeInteger(value)
      ? BigInt(value).toString()
      : formatReal(value);
  return text.padStart(fieldWidth);
}

/** The shortest text that reads back as the same number, with a decimal point and an upper-case exponent. */
function formatReal(value: number): string {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Expected a finite number for a header card, got ${value}.`);
  }
  const [mantissa = '0', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e');
  const digits = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  if (exponent === undefined) return digits;
  const power = exponent.replace(/\d+/, (text) => text.padStart(2, '0'));
  return `${digits}E${power}`;
}

function formatLong(
  start: string,
  { quoted, comment }: { readonly quoted: string; readonly comment: string },
): readonly string[] {
  const pieces: string[] = [];
  for (let rest = quoted; rest !== '';) {
    const length = cutBeforeQuotePair(rest, longestString - 1);
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  const cards = pieces.map((piece, index) => {
    const more = index < pieces.length - 1 ? '&' : '';
    return (index === 0 ? start : 'CONTINUE  ') + `'${piece}${more}'`;
  });
  const last = cards.pop() ?? start;
  return [...cards.map((card) => card.padEnd(cardBytes)), finish(last, comment)];
}

/** A doubled quote must not be cut in two. */
function cutBeforeQuotePair(text: string, length: number): number {
  const quotes = /'*$/.exec(text.slice(0, length))?.[0].length ?? 0;
  return text.length > length && quotes % 2 === 1 ? length - 1 : length;
}
