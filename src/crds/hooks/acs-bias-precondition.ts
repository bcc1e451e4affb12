import { reformatDate } from '../dates/reformat-date.ts';
import { parsePythonFloat } from '../python/parse-python-float.ts';
import { pythonFloatText } from '../python/python-float-text.ts';
import { pythonText } from '../python/python-text.ts';
import type { LookupHeader } from '../rules/lookup-header.ts';
import { RuleError } from '../rules/rule-error.ts';
import { hookValue, type HeaderHook } from './header-hook.ts';

/** Servicing mission 4 renewed the electronics of the WFC. */
const servicingMission4 = '2009-05-14 00:00:00';
const firstSubarrays = '2002-03-30 00:00:00';
const halfChipColumns = 2048;
const jointAmplifiers: Readonly<Record<string, string>> = { A: 'AD', D: 'AD', B: 'BC', C: 'BC' };

/**
 * Makes the header of an ACS exposure fit the rules for bias files: before servicing mission 4 apertures do not count and full
 * frames read by one amplifier count as read by two; full WFC frames count one chip
 * (`crds/hst/acs_v1.py`, `acs_v2.py:precondition_header_acs_biasfile`).
 *
 * @param size Names of the keywords that hold columns and rows.
 */
export function acsBiasPrecondition(size: {
  readonly columns: string;
  readonly rows: string;
}): HeaderHook {
  return (original) => {
    const header = new Map(original);
    const isOld = exposureDate(header) < servicingMission4;
    if (isOld) header.set('APERTURE', 'N/A');
    joinAmplifiers(header, { keyword: size.columns, isOld });
    halveRows(header, size.rows);
    return header;
  };
}

/**
 * The same since 2022, for the exposures only whose bias files were made that way
 * (`crds/hst/acs_v3.py:precondition_header_acs_biasfile_v3`).
 */
export function acsBiasPreconditionSince2022(size: {
  readonly columns: string;
  readonly rows: string;
}): HeaderHook {
  const precondition = acsBiasPrecondition(size);
  return (header) => (isMadeTheOldWay(header) ? precondition(header) : header);
}

function isMadeTheOldWay(header: LookupHeader): boolean {
  const date = exposureDate(header);
  if (hookValue(header, 'DETECTOR') !== 'WFC' || date < firstSubarrays) return true;
  const aperture = header.get('APERTURE');
  if (aperture === undefined || aperture === 'UNDEFINED') return true;
  const gain = hookValue(header, 'CCDGAIN');
  const number = parsePythonFloat(gain);
  if (number === undefined) {
    throw new RuleError(`could not convert string to float: ${pythonText(gain)}`);
  }
  return number === 4 || number === 8 || ['AD', 'BC'].includes(hookValue(header, 'CCDAMP'));
}

function exposureDate(header: LookupHeader): string {
  return reformatDate(`${hookValue(header, 'DATE-OBS')} ${hookValue(header, 'TIME-OBS')}`);
}

function joinAmplifiers(
  header: Map<string, string>,
  options: { readonly keyword: string; readonly isOld: boolean },
): void {
  const columns = wholeNumber(hookValue(header, options.keyword));
  if (columns === undefined) return;
  header.set(options.keyword, pythonFloatText(columns));
  if (!options.isOld || columns <= halfChipColumns) return;
  const joint = jointAmplifiers[hookValue(header, 'CCDAMP')];
  if (joint !== undefined) header.set('CCDAMP', joint);
}

function halveRows(header: Map<string, string>, keyword: string): void {
  const isFullFrame =
    hookValue(header, 'DETECTOR') === 'WFC' &&
    hookValue(header, 'XCORNER') === '0.0' &&
    hookValue(header, 'YCORNER') === '0.0';
  if (!isFullFrame) return;
  const rows = wholeNumber(hookValue(header, keyword));
  if (rows !== undefined) header.set(keyword, pythonFloatText(rows / 2));
}

/** Python's `int(float(text))`; undefined where that is a `ValueError`, which the rules forgive. */
function wholeNumber(text: string): number | undefined {
  const value = parsePythonFloat(text);
  if (value === undefined || Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) throw new RuleError('cannot convert float infinity to integer');
  // Adding 0 turns the minus zero of a truncated -0.5 into zero.
  return Math.trunc(value) + 0;
}
