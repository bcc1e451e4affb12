import { pythonText } from '../python/python-text.ts';
import { RuleError } from '../rules/rule-error.ts';
import { dateText, type CalendarDay } from './date-text.ts';
import { parseTimeOfDay } from './time-of-day.ts';

const forms: readonly (readonly [RegExp, string])[] = [
  [/^(?<month>\d\d)\/(?<day>\d\d)\/(?<year>\d{4})$/, ''],
  [/^(?<year>\d{4})\/(?<month>\d\d)\/(?<day>\d\d)$/, ''],
  [/^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>9\d)$/, '19'],
  [/^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>[0-3]\d)$/, '20'],
];
const packed = /^(\d{4})(\d\d)(\d\d):(\d\d)(\d\d)(\d\d)$/;

/**
 * Reads a date of digits: `YYYY-MM-DD`, `MM/DD/YYYY`, `DD/MM/9Y`, `DD/MM/0Y` to `3Y`, each with a time or without, or
 * `YYYYMMDD:HHMMSS` (`crds/core/timestamp.py:parse_numerical_date`). The time is read first, so its errors are told first.
 *
 * @throws RuleError in the words of the Python client.
 */
export function formatNumericalDate(text: string): string {
  const slashed = text.replaceAll('-', '/');
  const [date, ...rest] = slashed.split(/\s+/).filter((part) => part !== '');
  if (date === undefined) throw new RuleError('list index out of range');
  const time = parseTimeOfDay(rest.length === 0 ? '00:00:00' : rest.join(' '));
  const day = calendarDay(date);
  if (day !== undefined) return dateText(day, time);
  const together = packed.exec(date);
  if (together === null) {
    throw new RuleError(`Unknown numerical date format: ${pythonText(slashed)}`);
  }
  return packedDateText(together.slice(1).map(Number));
}

function calendarDay(date: string): CalendarDay | undefined {
  for (const [form, century] of forms) {
    const groups = form.exec(date)?.groups;
    if (groups !== undefined) {
      return {
        year: Number(century + (groups['year'] ?? '')),
        month: Number(groups['month']),
        day: Number(groups['day']),
      };
    }
  }
  return undefined;
}

function packedDateText(parts: readonly number[]): string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  return dateText({ year, month, day }, { hour, minute, second, microsecond: 0 });
}
