import { parsePythonInteger } from '../python/parse-python-integer.ts';
import { pythonText } from '../python/python-text.ts';
import { RuleError } from '../rules/rule-error.ts';
import { dateText, type CalendarDay } from './date-text.ts';
import { parseTimeOfDay } from './time-of-day.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * Reads a date whose month is a word, `Feb 08 2006 01:02AM` or `8-feb-2006`
 * (`crds/core/timestamp.py:parse_alphabetical_date`).
 *
 * @throws RuleError in the words of the Python client.
 */
export function formatAlphabeticalDate(text: string): string {
  const [first = '', second = '', year = '', time = '00:00AM'] = words(text);
  const comma = second.endsWith(',') ? second.slice(0, -1) : second;
  const day =
    calendarDay({ month: first, day: comma, year }, text, 'try the other order') ??
    calendarDay({ month: comma, day: first, year }, text, 'last try');
  if (day === undefined) throw new RuleError(`no date in ${pythonText(text)}`);
  return dateText(day, parseTimeOfDay(time));
}

function words(text: string): readonly string[] {
  const parts = glued(text)
    .replaceAll(/[-/]/g, ' ')
    .split(/\s+/)
    .filter((part) => part !== '');
  if (parts.length < 3) {
    throw new RuleError(`not enough values to unpack (expected 3, got ${parts.length})`);
  }
  if (parts.length > 4) throw new RuleError('too many values to unpack (expected 3)');
  return parts;
}

function glued(text: string): string {
  let date = text;
  while (/ am$/i.test(date)) date = date.toLowerCase().replaceAll(' am', 'am');
  while (/ pm$/i.test(date)) date = date.toLowerCase().replaceAll(' pm', 'pm');
  return date;
}

function calendarDay(
  parts: { readonly month: string; readonly day: string; readonly year: string },
  text: string,
  onError: 'try the other order' | 'last try',
): CalendarDay | undefined {
  try {
    return {
      month: monthNumber(parts.month, text),
      day: parsePythonInteger(parts.day),
      year: parsePythonInteger(parts.year),
    };
  } catch (error) {
    if (onError === 'last try' || !(error instanceof RuleError)) throw error;
    return undefined;
  }
}

function monthNumber(word: string, text: string): number {
  const name = word.slice(0, 3);
  const index = months.indexOf(name.charAt(0).toUpperCase() + name.slice(1).toLowerCase());
  if (index >= 0) return index + 1;
  throw new RuleError(`Invalid month value ${pythonText(word)} in base date ${pythonText(text)}`);
}
