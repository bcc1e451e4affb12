import { pythonFloatText } from '../python/python-float-text.ts';

/** A value of a header as it is looked up: from a FITS card or a JSON object. */
export type HeaderValue = string | number | boolean | null;

const number = /^(?:[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|[+-]?[0-9]+\.)$/;
const dontCare = /^(?:-2147483648.0|\(\)|N\/A|NOT APPLICABLE|NOT_APPLICABLE$)/;
const synonyms: ReadonlyMap<string, string> = new Map([
  ['ANY', '*'],
  ['4294967295.0', '-1.0'],
  ['TRUE', 'T'],
  ['FALSE', 'F'],
]);

/**
 * Brings a header value or a key of the rules to the one form in which both are compared: upper case, numbers as Python
 * writes doubles, synonyms of true, false, any and not applicable made one (`crds/core/utils.py:condition_value`).
 */
export function conditionValue(value: HeaderValue): string {
  const text = headerText(value).trim().toUpperCase();
  const plain = number.test(text) ? pythonFloatText(Number(text)) : text;
  if (dontCare.test(plain)) return 'N/A';
  return synonyms.get(plain) ?? plain;
}

function headerText(value: HeaderValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return pythonFloatText(value);
  if (value === null) return 'None';
  return value ? 'True' : 'False';
}
