import { RuleError } from '../rules/rule-error.ts';
import { pythonText } from './python-text.ts';

/**
 * Reads a whole number as Python's `int` does.
 *
 * @throws RuleError with Python's words where it raises `ValueError`.
 */
export function parsePythonInteger(text: string): number {
  const trimmed = text.trim();
  if (/^[+-]?\d(?:_?\d)*$/.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  throw new RuleError(`invalid literal for int() with base 10: ${pythonText(text)}`);
}
