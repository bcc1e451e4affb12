import { conditionValue, type HeaderValue } from './condition-value.ts';

/** Header keywords in upper case to conditioned values: what rules are matched against. */
export type LookupHeader = ReadonlyMap<string, string>;

/** A header as it comes: keywords in either case. */
export type RawHeader = Readonly<Record<string, HeaderValue>>;

/** The text that stands for a keyword that a header does not have. */
export const UNDEFINED = 'UNDEFINED';

/**
 * Takes the keywords that an instrument's rules look at out of a header, conditioned; those it lacks become `UNDEFINED`.
 * Where a keyword comes in both cases the later one holds.
 */
export function lookupHeader(
  raw: RawHeader,
  options: { readonly keywords: readonly string[] },
): LookupHeader {
  const upper = new Map(Object.entries(raw).map(([key, value]) => [key.toUpperCase(), value]));
  return new Map(
    options.keywords.map((keyword) => {
      const value = upper.get(keyword.toUpperCase());
      return [keyword, value === undefined ? UNDEFINED : conditionValue(value)];
    }),
  );
}
