import { parsePythonFloat } from '../python/parse-python-float.ts';
import { parsePythonInteger } from '../python/parse-python-integer.ts';
import { pythonText } from '../python/python-text.ts';
import { RuleError } from '../rules/rule-error.ts';

/** A time within a day, not yet checked for range. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/**
 * Reads `H:M`, `H:M:S` or `H:M:S:x` (x is ignored), each with `AM` or `PM` after it or without
 * (`crds/core/timestamp.py:parse_time`). Microseconds are cut, not rounded: `59.29` has 289999 of them.
 *
 * @throws RuleError in the words of the Python client.
 */
export function parseTimeOfDay(text: string): TimeOfDay {
  const trimmed = text.trim();
  const suffix = /[ap]m$/i.exec(trimmed)?.[0].toUpperCase();
  const parts = (suffix === undefined ? trimmed : trimmed.slice(0, -2)).split(':');
  checkCount(parts.length);
  const [hours = '', minutes = '', seconds = '00'] = parts;
  const hour = parsePythonInteger(hours);
  const minute = parsePythonInteger(minutes);
  const exact = parseSeconds(seconds);
  const second = Math.trunc(exact);
  const microsecond = Math.trunc((exact - second) * 1e6);
  return { hour: onDial(hour, suffix), minute, second, microsecond };
}

function checkCount(count: number): void {
  if (count < 2) throw new RuleError(`not enough values to unpack (expected 4, got ${count})`);
  if (count > 4) throw new RuleError('too many values to unpack (expected 4)');
}

function parseSeconds(text: string): number {
  const value = parsePythonFloat(text);
  if (value === undefined) {
    throw new RuleError(`could not convert string to float: ${pythonText(text)}`);
  }
  if (Number.isNaN(value)) throw new RuleError('cannot convert float NaN to integer');
  if (!Number.isFinite(value)) throw new RuleError('cannot convert float infinity to integer');
  return value;
}

function onDial(hour: number, suffix: string | undefined): number {
  if (suffix === 'PM' && hour < 12) return hour + 12;
  if (suffix === 'AM' && hour === 12) return 0;
  return hour;
}
