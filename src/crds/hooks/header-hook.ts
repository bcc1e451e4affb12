import { pythonText } from '../python/python-text.ts';
import type { LookupHeader } from '../rules/lookup-header.ts';
import { RuleError } from '../rules/rule-error.ts';

/** A change of the header that certain rules ask for before they look; it returns a header of its own. */
export type HeaderHook = (header: LookupHeader) => LookupHeader;

/**
 * The value of a keyword that a hook cannot do without.
 *
 * @throws RuleError in the words of Python's `KeyError`.
 */
export function hookValue(header: LookupHeader, keyword: string): string {
  const value = header.get(keyword);
  if (value === undefined) throw new RuleError(pythonText(keyword));
  return value;
}
