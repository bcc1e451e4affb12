import { CaldpError } from '../../../../errors/caldp-error.ts';
import { cardValue, type CardValue } from './cards.ts';

/** A header and where it is, for messages. */
export interface HeaderSource {
  readonly cards: readonly string[];
  /** For example `j8bt05njq_raw.fits, extension SCI 1`. */
  readonly place: string;
}

/**
 * A keyword that a calibration cannot do without.
 *
 * @throws CaldpError `ACS_KEYWORD_MISSING` where there is none.
 */
function required(header: HeaderSource, keyword: string): CardValue {
  const value = cardValue(header.cards, keyword);
  if (value !== undefined) return value;
  throw new CaldpError(`The keyword \`${keyword}\` is missing in ${header.place}.`, {
    code: 'ACS_KEYWORD_MISSING',
    advice: 'Fetch the exposure again; if the archive copy lacks the keyword too, add it by hand.',
    exit: 'STAGE1_ERROR',
  });
}

/** A string without trailing blanks. @throws CaldpError where it is missing and there is no fallback. */
export function readString(header: HeaderSource, keyword: string, fallback?: string): string {
  if (fallback !== undefined && cardValue(header.cards, keyword) === undefined) return fallback;
  return valueText(required(header, keyword)).trimEnd();
}

/** A number in double precision. @throws CaldpError where it is missing and there is no fallback, or is no number. */
export function readDouble(header: HeaderSource, keyword: string, fallback?: number): number {
  if (fallback !== undefined && cardValue(header.cards, keyword) === undefined) return fallback;
  const value = required(header, keyword);
  if (value.kind === 'number') return value.value;
  throw invalidValue(header, keyword, 'a number');
}

/** A number rounded to single precision. @throws CaldpError as `readDouble`. */
export function readFloat(header: HeaderSource, keyword: string, fallback?: number): number {
  return Math.fround(readDouble(header, keyword, fallback));
}

/** A whole number; a logical counts as 1 or 0. @throws CaldpError as `readDouble`, and where it has a fraction. */
export function readInteger(header: HeaderSource, keyword: string, fallback?: number): number {
  if (fallback !== undefined && cardValue(header.cards, keyword) === undefined) return fallback;
  const value = required(header, keyword);
  if (value.kind === 'logical') return value.value ? 1 : 0;
  if (value.kind === 'number' && Number.isInteger(value.value)) return value.value;
  throw invalidValue(header, keyword, 'a whole number');
}

/** A logical; a whole number other than 0 counts as true. @throws CaldpError as `readDouble`. */
export function readLogical(header: HeaderSource, keyword: string): boolean {
  const value = required(header, keyword);
  if (value.kind === 'logical') return value.value;
  if (value.kind === 'number') return value.value !== 0;
  throw invalidValue(header, keyword, 'T or F');
}

function valueText(value: CardValue): string {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'logical':
      return value.value ? 'T' : 'F';
    case 'number':
      return String(value.value);
  }
}

function invalidValue(header: HeaderSource, keyword: string, expected: string): CaldpError {
  return new CaldpError(
    `The keyword \`${keyword}\` in ${header.place} has an unusable value: expected ${expected}.`,
    {
      code: 'ACS_KEYWORD_INVALID',
      advice: `Correct \`${keyword}\` in the header, or fetch the exposure again.`,
      exit: 'STAGE1_ERROR',
    },
  );
}
