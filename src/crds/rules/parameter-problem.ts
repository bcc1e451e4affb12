import { parsePythonFloat } from '../python/parse-python-float.ts';
import type { LiteralValue } from '../python/literal-value.ts';
import { pythonText, pythonTextList } from '../python/python-text.ts';
import { conditionValue } from './condition-value.ts';
import { isEsotericKey } from './esoteric-key.ts';

/** The values that rules know for one keyword. */
export interface ParameterValues {
  readonly keyword: string;
  /** Sorted; empty means that anything goes. */
  readonly valid: readonly string[];
  readonly replacements: ReadonlyMap<string, LiteralValue> | undefined;
}

const wild: readonly string[] = ['*', 'ANY', 'N/A'];

/**
 * Why rules do not know a header value at all (`crds/core/selectors.py:_validate_value`), in the words of the Python client:
 * ` parameter='X' value='V' is not in [...]`; undefined when they know it.
 */
export function parameterProblem(
  value: LiteralValue,
  options: ParameterValues,
): string | undefined {
  const { valid } = options;
  if (typeof value !== 'string') return notText(value);
  if (valid.length === 0 || valid.includes(value)) return undefined;
  if (wild.some((sign) => valid.includes(sign))) return undefined;
  if (valid.includes(conditionValue(value))) return undefined;
  if (value.startsWith('NOT')) return parameterProblem(value.slice(3).trim(), options);
  if (isEsotericKey(value) || wild.includes(value)) return undefined;
  return rangeOrReplacementProblem(value, options);
}

function rangeOrReplacementProblem(value: string, options: ParameterValues): string | undefined {
  const { keyword, valid } = options;
  const [only] = valid;
  if (valid.length === 1 && only?.includes(':') === true) {
    return rangeProblem(value, { keyword, range: only });
  }
  const replacements = new Map(options.replacements);
  const replacement = replacements.get(value);
  if (replacement === undefined) {
    return ` parameter=${pythonText(keyword)} value=${pythonText(value)} is not in ${pythonTextList(valid)}`;
  }
  replacements.delete(value);
  return parameterProblem(replacement, { ...options, replacements });
}

function rangeProblem(
  value: string,
  options: { readonly keyword: string; readonly range: string },
): string | undefined {
  const [low, high] = options.range.split(':').map(parsePythonFloat);
  const number = parsePythonFloat(value);
  if (number === undefined) return `could not convert string to float: ${pythonText(value)}`;
  if (low !== undefined && high !== undefined && low <= number && number <= high) return undefined;
  return ` parameter=${pythonText(options.keyword)} value =${pythonText(value)} is not in range [${options.range.replace(':', ' .. ')}]`;
}

function notText(value: Exclude<LiteralValue, string>): string {
  const kind = typeof value === 'object' && value !== null ? value.kind : typeof value;
  return `'${kind}' object has no attribute 'startswith'`;
}
