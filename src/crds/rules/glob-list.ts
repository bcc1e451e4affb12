import { isEsotericKey } from './esoteric-key.ts';

/**
 * The alternatives of a key joined by `|`, trimmed, without empty ones, sorted; any other key alone
 * (`crds/core/selectors.py:glob_list`).
 */
export function globList(key: string): readonly string[] {
  if (!key.includes('|') || isEsotericKey(key)) return [key];
  return key
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .sort((a, b) => (a < b ? -1 : Number(a > b)));
}
