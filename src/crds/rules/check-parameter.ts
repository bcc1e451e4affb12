import { parsePythonFloat } from '../python/parse-python-float.ts';
import type { LiteralValue } from '../python/literal-value.ts';
import { pythonText, pythonTextList } from '../python/python-text.ts';
import { conditionValue } from './condition-value.ts';
import { isEsotericKey } from './esoteric-key.ts';
import { RuleError } from './rule-error.ts';

/** The values that rules know for one keyword. */
export interface ParameterValues {
  readonly keyword: string;
  /** Sorted; empty means that anything goes. */
  readonly valid: readonly string[];
  readonly replacements: ReadonlyMap<string, LiteralValue> | undefined;
}

const wild: readonly string[] = ['*', 'ANY', 'N/A'];

/**
 * Checks that rules know a header value at all (`crds/core/selectors.py:_validate_value`).
 *
 * @throws RuleError ` parameter='X' value='V' is not in [...]` when they do not.
 */
export function checkParameter(value: LiteralValue, options: ParameterValues): void {
  const { valid } = options;
  if (typeof value !== 'string') throw notText(value);
  if (valid.includes(value) || valid.includes(conditionValue(value))) return;
  if (valid.length === 0 || wild.some((sign) => valid.includes(sign))) return;
  if (value.startsWith('NOT')) {
    checkParameter(value.slice(3).trim(), options);
    return;
  }
  if (isEsotericKey(value) || wild.includes(value)) return;
  checkRangeOrReplacement(value, options);
}

function checkRangeOrReplacement(value: string, options: ParameterValues): void {
  const { keyword, valid } = options;
  const [only] = valid;
  if (valid.length === 1 && only?.includes(':') === true) {
    checkRange(value, { keyword, range: only });
    return;
  }
  const replacements = new Map(options.replacements);
  const replacement = replacements.get(value);
  if (replacement === undefined) {
    throw new RuleError(
      ` parameter=${pythonText(keyword)} value=${pythonText(value)} is not in ${pythonTextList(valid)}`,
    );
  }
  replacements.delete(value);
  checkParameter(replacement, { ...options, replacements });
}

function checkRange(
  value: string,
  options: { readonly keyword: string; readonly range: string },
): void {
  const [low, high] = options.range.split(':').map((text) => toFloat(text));
  const number = toFloat(value);
  if (low !== undefined && high !== undefined && low <= number && number <= high) return;
  throw new RuleError(
    ` parameter=${pythonText(options.keyword)} value =${pythonText(value)} is not in range [${options.range.replace(':', ' .. ')}]`,
  );
}

function toFloat(text: string): number {
  const value = parsePythonFloat(text);
  if (value !== undefined) return value;
  throw new RuleError(`could not convert string to float: ${pythonText(text)}`);
}

function notText(value: LiteralValue): RuleError {
  const kind = typeof value === 'object' && value !== null ? value.kind : typeof value;
  return new RuleError(`'${kind}' object has no attribute 'startswith'`);
}
