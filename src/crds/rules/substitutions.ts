import {
  dictFields,
  isDict,
  type LiteralDict,
  type LiteralValue,
} from '../python/literal-value.ts';

/** Keyword to what the rules put in place of certain values of it. */
export type Substitutions = ReadonlyMap<string, ReadonlyMap<string, LiteralValue>>;

const generic: ReadonlyMap<string, LiteralValue> = new Map([['GENERIC', 'N/A']]);

/** The replacements of one file of rules: those of every file, overridden keyword by keyword by its header. */
export function substitutions(header: LiteralDict | undefined): Substitutions {
  const all = new Map([
    ['META.SUBARRAY.NAME', generic],
    ['SUBARRAY', generic],
  ]);
  for (const [keyword, table] of header === undefined ? [] : dictFields(header)) {
    if (isDict(table)) all.set(keyword, dictFields(table));
  }
  return all;
}
