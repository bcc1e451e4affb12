import { pythonText } from '../python/python-text.ts';
import { parameterProblem, type ParameterValues } from './parameter-problem.ts';
import type { KeyMatcher } from './key-matcher.ts';
import { UNDEFINED, type LookupHeader } from './lookup-header.ts';
import { fileInUse, observationDate, type UseAfter } from './use-after.ts';

/** One keyword of a `Match`: the values its keys know and one matcher for each distinct key. */
export interface MatchColumn extends ParameterValues {
  readonly matchers: readonly KeyMatcher[];
  /** Values that were looked up, with how they fit the matchers; bounded. */
  readonly fits: Map<string, Int8Array>;
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

/** What a selector chose: a file name, a special value such as `N/A`, or several file names where equal rules name files without dates. */
export type Choice =
  | { readonly status: 'chosen'; readonly choice: string | readonly string[] }
  /** Nothing can be chosen; the reason in the words of the Python client. */
  | { readonly status: 'none'; readonly reason: string };

/**
 * Chooses the reference for a header: of the rules that fit, those that most keywords speak for, then those that fewer speak
 * for, until one has a reference in use at the date.
 *
 * @param options `dates` keeps what texts of dates became, for the other types of the same header.
 * @throws RuleError in the words of the Python client when the header has no usable date.
 */
export function chooseReference(
  selector: MatchSelector,
  header: LookupHeader,
  options: { readonly dates: Map<string, string> },
): Choice {
  const problem = headerProblem(selector, header);
  if (problem !== undefined) return { status: 'none', reason: problem };
  const known = options.dates;
  for (const group of rankedGroups(selector, header)) {
    if (group.length > 1 && !selector.mergesOverlaps) {
      return { status: 'none', reason: 'More than one match clause matched.' };
    }
    const dated = group.filter((choice) => typeof choice !== 'string');
    if (dated.length === 0) return { status: 'chosen', choice: plainChoice(group) };
    if (dated.length < group.length) return { status: 'none', reason: mixedGroup };
    const date = observationDate(header, { keywords: selector.dateKeywords, known });
    const file = fileInUse(dated, date);
    if (file !== undefined) return { status: 'chosen', choice: file };
  }
  return { status: 'none', reason: 'No match found.' };
}

const mixedGroup = "'str' object has no attribute '_selections'";

function plainChoice(group: readonly (UseAfter | string)[]): string | readonly string[] {
  const files = group.filter((choice) => typeof choice === 'string');
  const [only = ''] = files;
  return files.length === 1 ? only : files;
}

function headerProblem({ columns }: MatchSelector, header: LookupHeader): string | undefined {
  for (const { keyword, valid } of columns) {
    if (!header.has(keyword) && !valid.includes('N/A')) {
      return `Match required lookup parameter ${pythonText(keyword)} is undefined.`;
    }
  }
  for (const column of columns) {
    const problem = parameterProblem(header.get(column.keyword) ?? UNDEFINED, column);
    if (problem !== undefined) return problem;
  }
  return undefined;
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

/** How many values of a keyword are remembered; exposures of one programme share most of theirs. */
const mostValues = 64;

/** How the header's value fits each distinct key of a column: thousands of rules share a few keys. */
function columnFits(column: MatchColumn, header: LookupHeader): Int8Array {
  const value = header.get(column.keyword) ?? UNDEFINED;
  const { fits, matchers } = column;
  let found = fits.get(value);
  if (found === undefined) {
    found = new Int8Array(matchers.map((matcher) => matcher(value)));
    if (fits.size >= mostValues) fits.clear();
    fits.set(value, found);
  }
  return found;
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
