/**
 * Whether a key of the rules is a pattern whose values cannot be listed: in `{}`, `()` or `##`, or begins with `BETWEEN` or
 * `NOT` (`crds/core/selectors.py:esoteric_key`). Opening and closing sign need not fit.
 */
export function isEsotericKey(key: string): boolean {
  const text = key.toUpperCase();
  if (text.startsWith('BETWEEN') || text.startsWith('NOT')) return true;
  return /^[{(#]/.test(text) && /[})#]$/.test(text);
}
