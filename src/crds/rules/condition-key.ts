import type { LiteralValue } from '../python/literal-value.ts';
import { conditionValue } from './condition-value.ts';
import { globList } from './glob-list.ts';
import { RuleError } from './rule-error.ts';

/**
 * Brings one element of a key of the rules to the form in which it is matched: raw patterns in `()` and literals in `{}` as they
 * are, each alternative of `a|b` or of a tuple conditioned, the rest conditioned
 * (`crds/core/selectors.py:condition_key_element`).
 *
 * @throws RuleError when the element is no value at all.
 */
export function conditionKey(element: LiteralValue): string {
  if (typeof element === 'string') return conditionText(element);
  if (element === null || typeof element !== 'object') return conditionValue(element);
  if (!('items' in element)) throw new RuleError('a key holds something that is not a value');
  return element.items.map(conditionMember).join('|');
}

function conditionText(text: string): string {
  if (/^(?:\{[^]*\}|\([^]*\))$/.test(text)) return text;
  const parts = globList(text);
  return text.includes('|') ? parts.map(conditionValue).join('|') : conditionValue(parts.join('|'));
}

function conditionMember(member: LiteralValue): string {
  if (member === null || typeof member !== 'object') return conditionValue(member);
  throw new RuleError('a key holds a tuple in a tuple');
}
