import { parsePythonFloat } from '../python/parse-python-float.ts';
import { pythonText } from '../python/python-text.ts';
import { globList } from './glob-list.ts';
import { rawPattern } from './raw-pattern.ts';
import { RuleError } from './rule-error.ts';
import { shellGlob } from './shell-glob.ts';

/** How a header value fits a key of the rules: 1 it matches, 0 it does not matter, -1 it does not match. */
export type Fit = 1 | 0 | -1;

/** Tells how a header value fits one key. */
export type KeyMatcher = (value: string) => Fit;

/**
 * Makes the matcher of one conditioned key (`crds/core/selectors.py:matcher`): a raw regular expression in `()`, a literal in
 * `{}`, a relation in `##`, `BETWEEN a b`, `NOT x`, alternatives with `|` or `*`, `N/A`, `<` and `>`, or plain text.
 *
 * @throws RuleError when the key says nothing that can be matched; it makes the rules unusable.
 */
export function keyMatcher(key: string): KeyMatcher {
  const upper = key.toUpperCase();
  if (isWithin(key, '(', ')')) return patternMatcher(key.slice(1, -1));
  if (isWithin(key, '{', '}')) return fitting(key.slice(1, -1), () => false);
  if (isWithin(key, '#', '#')) return relationMatcher(upper);
  if (upper.startsWith('BETWEEN')) return betweenMatcher(key);
  if (upper.startsWith('NOT ')) return notMatcher(key.slice(4).trim());
  if (key.includes('|') || key.includes('*')) return globMatcher(key);
  if (key === 'N/A') return () => 0;
  if (/^[<>]/.test(key)) return inequalityMatcher(key);
  return fitting(key, () => false);
}

function isWithin(key: string, open: string, close: string): boolean {
  return key.startsWith(open) && key.endsWith(close);
}

/** What all matchers share: the key itself and `*` match, `N/A` does not matter, the rest is for the test to say. */
function fitting(key: string | undefined, test: (value: string) => boolean): KeyMatcher {
  return (value) => {
    if (value === key || value === '*') return 1;
    if (value === 'N/A') return 0;
    return test(value) ? 1 : -1;
  };
}

function patternMatcher(source: string): KeyMatcher {
  const pattern = rawPattern(source);
  if ('test' in pattern) return fitting(source, pattern.test);
  throw new RuleError(
    `the regular expression ${pythonText(source)} is not taken: ${pattern.reason}`,
  );
}

function globMatcher(key: string): KeyMatcher {
  const parts = globList(key);
  const globs = parts.filter((part) => /[*?[]/.test(part)).map(shellGlob);
  // Bars alone match the empty text, as in Python.
  const plain = new Set(parts.length === 0 ? [''] : parts);
  return fitting(undefined, (value) => plain.has(value) || globs.some((glob) => glob(value)));
}

function relationMatcher(key: string): KeyMatcher {
  const inner = key.trim().slice(1, -1);
  if (key.includes(' AND ')) return binaryMatcher(key, inner.split('AND'), 'both');
  if (key.includes(' OR ')) return binaryMatcher(key, inner.split('OR'), 'either');
  return keyMatcher(inner);
}

function binaryMatcher(key: string, parts: readonly string[], mode: 'both' | 'either'): KeyMatcher {
  const [left, right] = [parts[0] ?? '', parts[1] ?? ''].map((part) => keyMatcher(part.trim()));
  const fits = fitting(key, (value) => {
    const first = left?.(value) === 1;
    const second = right?.(value) === 1;
    return mode === 'both' ? first && second : first || second;
  });
  return (value) => fits(value.toUpperCase());
}

function betweenMatcher(key: string): KeyMatcher {
  const words = key.split(/\s+/).filter((word) => word !== '');
  const [, low = '', high = ''] = words;
  if (words.length !== 3) throw new RuleError(`Invalid between relation ${pythonText(key)}`);
  if (bound(low) <= bound(high)) {
    return binaryMatcher(`>=${low} AND <${high}`, [`>=${low}`, `<${high}`], 'both');
  }
  throw new RuleError(
    `Invalid between relation ${pythonText(key)} should be 'between lower_bound upper_bound'`,
  );
}

function bound(text: string): number {
  const value = parsePythonFloat(text);
  if (value !== undefined) return value;
  throw new RuleError(`could not convert string to float: ${pythonText(text)}`);
}

const inverse: Readonly<Record<Fit, Fit>> = { 1: -1, [-1]: 1, 0: 0 };

function notMatcher(key: string): KeyMatcher {
  const inner = keyMatcher(key);
  return (value) => inverse[inner(value)];
}

const inequality = /^([><]=?)\s*([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)/;

function inequalityMatcher(key: string): KeyMatcher {
  const [, operator, text] = inequality.exec(key) ?? [];
  if (operator === undefined || text === undefined) {
    throw new RuleError(`${pythonText(key)} compares with nothing that is a number`);
  }
  const limit = Number(text);
  return fitting(key, (value) => {
    const number = parsePythonFloat(value);
    return number !== undefined && holds(number, operator, limit);
  });
}

function holds(value: number, operator: string, limit: number): boolean {
  if (operator === '>') return value > limit;
  if (operator === '<') return value < limit;
  return operator === '>=' ? value >= limit : value <= limit;
}
