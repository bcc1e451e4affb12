import type { LiteralCall, LiteralValue } from '../python/literal-value.ts';
import { pythonTextTuple } from '../python/python-text.ts';
import { conditionKey } from './condition-key.ts';
import { isEsotericKey } from './esoteric-key.ts';
import { globList } from './glob-list.ts';
import { keyMatcher } from './key-matcher.ts';
import type { MatchColumn, MatchRule, MatchSelector } from './match-selector.ts';
import { RuleError } from './rule-error.ts';
import type { Substitutions } from './substitutions.ts';
import { UseAfter } from './use-after.ts';

/** What the header of a file of rules says about its selector. */
export interface MatchOptions {
  readonly keywords: readonly string[];
  readonly dateKeywords: readonly string[];
  readonly substitutions: Substitutions;
  readonly mergesOverlaps: boolean;
}

/** One rule with its key conditioned. */
interface KeyedChoice {
  readonly written: readonly LiteralValue[];
  readonly key: readonly string[];
  readonly choice: UseAfter | string;
}

/**
 * Makes the rules of a `Match` ready for lookups. Memory: one matcher for each distinct key of each keyword, and the entries.
 *
 * @throws RuleError when a key is malformed, too short or too long, or comes twice, or when a selector is nested that HST
 *   rules never use.
 */
export function buildMatch(call: LiteralCall, options: MatchOptions): MatchSelector {
  const rules = unique(keyedChoices(call, options).sort((a, b) => compareKeys(a.key, b.key)));
  const columns = options.keywords.map((keyword, index) => keyColumn(keyword, index, rules));
  return {
    columns: columns.map(({ keyword, texts }) => matchColumn(keyword, texts, options)),
    rules: rules.map((rule): MatchRule => ({
      keys: columns.map(({ places }, index) => places.get(rule.key[index] ?? '') ?? 0),
      choice: rule.choice,
    })),
    dateKeywords: options.dateKeywords,
    mergesOverlaps: options.mergesOverlaps,
  };
}

function keyedChoices(call: LiteralCall, options: MatchOptions): KeyedChoice[] {
  const conditioned = memoized(conditionKey);
  const asWritten: KeyedChoice[] = [];
  const replaced: KeyedChoice[] = [];
  for (const [dictKey, value] of call.argument.entries) {
    const elements = keyElements(dictKey);
    if (elements.length !== options.keywords.length) throw wrongLength(elements, options.keywords);
    const written = substituted(elements, options);
    const choice = { written, key: written.map(conditioned), choice: readChoice(value) };
    (written === elements ? asWritten : replaced).push(choice);
  }
  // A substituted key comes after, and so takes the place of, the same key as written, as in the Python client.
  return [...asWritten, ...replaced];
}

function keyElements(key: LiteralValue): readonly LiteralValue[] {
  return typeof key === 'object' && key !== null && key.kind === 'tuple' ? key.items : [key];
}

/** The elements with what the rules put in their place; the same array where they put nothing. */
function substituted(
  elements: readonly LiteralValue[],
  { keywords, substitutions }: MatchOptions,
): readonly LiteralValue[] {
  if (!keywords.some((keyword) => substitutions.has(keyword))) return elements;
  const written = elements.map((element, index) =>
    typeof element === 'string'
      ? (substitutions.get(keywords[index] ?? '')?.get(element) ?? element)
      : element,
  );
  return written.some((element, index) => element !== elements[index]) ? written : elements;
}

function memoized(condition: (element: LiteralValue) => string): (element: LiteralValue) => string {
  const known = new Map<LiteralValue, string>();
  return (element) => {
    let text = known.get(element);
    if (text === undefined) known.set(element, (text = condition(element)));
    return text;
  };
}

function readChoice(value: LiteralValue): UseAfter | string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && value.kind === 'call') {
    if (value.name === 'UseAfter') return new UseAfter(value.argument);
    throw new RuleError(
      `a \`${value.name}\` is nested in its \`Match\`, which HST rules never use`,
    );
  }
  throw new RuleError('its `Match` chooses something that is neither a file name nor a `UseAfter`');
}

function wrongLength(key: readonly LiteralValue[], keywords: readonly string[]): RuleError {
  return new RuleError(
    `a key of its \`Match\` has ${key.length} elements for the ${keywords.length} keywords ${pythonTextTuple(keywords)}`,
  );
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const text = a[index] ?? '';
    const other = b[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

/** Of rules with the same key as written the last one holds, as in a Python dictionary; keys that only mean the same are an error. */
function unique(sorted: readonly KeyedChoice[]): readonly KeyedChoice[] {
  return sorted.filter((rule, index) => {
    const next = sorted[index + 1];
    if (next === undefined || compareKeys(rule.key, next.key) !== 0) return true;
    if (JSON.stringify(rule.written) === JSON.stringify(next.written)) return false;
    throw new RuleError(`the key ${pythonTextTuple(rule.key)} appears more than once`);
  });
}

interface KeyColumn {
  readonly keyword: string;
  readonly texts: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

function keyColumn(keyword: string, index: number, rules: readonly KeyedChoice[]): KeyColumn {
  const places = new Map<string, number>();
  for (const { key } of rules) {
    const text = key[index] ?? '';
    if (!places.has(text)) places.set(text, places.size);
  }
  return { keyword, texts: [...places.keys()], places };
}

function matchColumn(
  keyword: string,
  texts: readonly string[],
  options: MatchOptions,
): MatchColumn {
  const valid = texts.some(isEsotericKey) ? [] : [...new Set(texts.flatMap(globList))].sort();
  return {
    keyword,
    valid,
    replacements: options.substitutions.get(keyword),
    matchers: texts.map(keyMatcher),
    fits: new Map(),
  };
}
