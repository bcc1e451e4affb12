import { pythonText } from '../python/python-text.ts';
import { checkParameter, type ParameterValues } from './check-parameter.ts';
import type { KeyMatcher } from './key-matcher.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';
import { RuleError } from './rule-error.ts';
import { fileInUse, observationDate, type UseAfter } from './use-after.ts';

/** One keyword of a `Match`: the values its keys know and one matcher for each distinct key. */
export interface MatchColumn extends ParameterValues {
  readonly matchers: readonly KeyMatcher[];
}

/** One rule: which matcher of each column it asks, and what it chooses. */
export interface MatchRule {
  readonly keys: readonly number[];
  readonly choice: UseAfter | string;
}

/** The rules of one type of reference (`crds/core/selectors.py:MatchSelector`), sorted by their keys. */
export interface MatchSelector {
  readonly columns: readonly MatchColumn[];
  readonly rules: readonly MatchRule[];
  /** Keywords whose values make the date that nested `UseAfter` compare. */
  readonly dateKeywords: readonly string[];
  /** Whether rules that fit equally well are taken together; else they are an error. */
  readonly mergesOverlaps: boolean;
}

/**
 * Chooses the reference for a header: of the rules that fit, those that most keywords speak for, then those that fewer speak
 * for, until one has a reference in use at the date.
 *
 * @returns A file name, a special value such as `N/A`, or several file names where equal rules name files without dates.
 * @throws RuleError in the words of the Python client when nothing can be chosen.
 */
export function chooseReference(
  selector: MatchSelector,
  header: LookupHeader,
): string | readonly string[] {
  checkHeader(selector, header);
  let date: string | undefined;
  for (const group of rankedGroups(selector, header)) {
    if (group.length > 1 && !selector.mergesOverlaps) {
      throw new RuleError('More than one match clause matched.');
    }
    const dated = group.filter((choice) => typeof choice !== 'string');
    if (dated.length === 0) return plainChoice(group);
    if (dated.length < group.length) throw new RuleError(mixedGroup);
    date ??= observationDate(header, selector.dateKeywords);
    const file = fileInUse(dated, date);
    if (file !== undefined) return file;
  }
  throw new RuleError('No match found.');
}

const mixedGroup = "'str' object has no attribute '_selections'";

function plainChoice(group: readonly (UseAfter | string)[]): string | readonly string[] {
  const files = group.filter((choice) => typeof choice === 'string');
  const [only = ''] = files;
  return files.length === 1 ? only : files;
}

function checkHeader({ columns }: MatchSelector, header: LookupHeader): void {
  for (const { keyword, valid } of columns) {
    if (!header.has(keyword) && !valid.includes('N/A')) {
      throw new RuleError(`Match required lookup parameter ${pythonText(keyword)} is undefined.`);
    }
  }
  for (const column of columns) {
    checkParameter(header.get(column.keyword) ?? UNDEFINED, column);
  }
}

/** The choices of the rules that fit, in groups of equal weight, the heaviest first; each in the order of the rules. */
function rankedGroups(
  selector: MatchSelector,
  header: LookupHeader,
): readonly (readonly (UseAfter | string)[])[] {
  const fits = selector.columns.map((column) => columnFits(column, header));
  const groups = new Map<number, (UseAfter | string)[]>();
  for (const rule of selector.rules) {
    const weight = ruleWeight(rule.keys, fits);
    if (weight < 0) continue;
    const group = groups.get(weight);
    if (group === undefined) groups.set(weight, [rule.choice]);
    else group.push(rule.choice);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

/** How the header's value fits each distinct key of a column: thousands of rules share a few keys. */
function columnFits(column: MatchColumn, header: LookupHeader): Int8Array {
  const value = header.get(column.keyword) ?? UNDEFINED;
  return Int8Array.from(column.matchers, (matcher) => matcher(value));
}

/** How many keywords speak for a rule, or -1 where one speaks against it. */
function ruleWeight(keys: readonly number[], fits: readonly Int8Array[]): number {
  let weight = 0;
  for (let column = 0; column < keys.length; column += 1) {
    const fit = fits[column]?.[keys[column] ?? 0] ?? -1;
    if (fit < 0) return -1;
    weight += fit;
  }
  return weight;
}
