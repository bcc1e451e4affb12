import { RuleError } from '../rules/rule-error.ts';
import { formatAlphabeticalDate } from './alphabetical-date.ts';
import { formatNumericalDate } from './numerical-date.ts';

const separatedByT = /^\d{4}[-/]\d\d[-/]\d\dT\d\d(?::\d\d){1,2}(?:\.\d{1,6})?$/;

/**
 * Brings a date of a header or of the rules to `YYYY-MM-DD HH:MM:SS[.ffffff]`, the form in which dates are compared as text
 * (`crds/core/timestamp.py:reformat_date`).
 *
 * @throws RuleError in the words of the Python client when the text is no date.
 * @example
 * reformatDate('Feb 08 2006 01:02AM'); // '2006-02-08 01:02:00'
 */
export function reformatDate(text: string): string {
  if (text.includes('UNDEFINED')) {
    throw new RuleError('One or more required date/time values is UNDEFINED');
  }
  const local = text.endsWith(' UT') ? text.slice(0, -3) : text;
  const date = separatedByT.test(local) ? local.replace('T', ' ') : local;
  return /[A-Za-z]{3}/.test(date) ? formatAlphabeticalDate(date) : formatNumericalDate(date);
}
