import { RuleError } from '../rules/rule-error.ts';
import type { TimeOfDay } from './time-of-day.ts';

/** A day of the proleptic Gregorian calendar, not yet checked for range. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Writes a date as `YYYY-MM-DD HH:MM:SS`, with six digits of a second where they are not zero. Such texts sort as times do.
 *
 * @throws RuleError in the words of Python's `datetime` where a part is out of range.
 */
export function dateText(day: CalendarDay, time: TimeOfDay): string {
  checkDay(day);
  checkTime(time);
  const date = [pad(day.year, 4), pad(day.month, 2), pad(day.day, 2)].join('-');
  const clock = [pad(time.hour, 2), pad(time.minute, 2), pad(time.second, 2)].join(':');
  const fraction = time.microsecond === 0 ? '' : `.${pad(time.microsecond, 6)}`;
  return `${date} ${clock}${fraction}`;
}

function checkDay({ year, month, day }: CalendarDay): void {
  if (year < 1 || year > 9999) throw new RuleError(`year ${year} is out of range`);
  if (month < 1 || month > 12) throw new RuleError('month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) {
    throw new RuleError('day is out of range for month');
  }
}

function checkTime({ hour, minute, second, microsecond }: TimeOfDay): void {
  if (hour < 0 || hour > 23) throw new RuleError('hour must be in 0..23');
  if (minute < 0 || minute > 59) throw new RuleError('minute must be in 0..59');
  if (second < 0 || second > 59) throw new RuleError('second must be in 0..59');
  if (microsecond < 0) throw new RuleError('microsecond must be in 0..999999');
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
