/**
 * Writes a double as Python's `str` does: the shortest digits that read back as the same number, always with a point or an
 * exponent, exponents below 1e-4 and from 1e16 on, two digits of exponent at least.
 *
 * @example
 * pythonFloatText(1e-5); // '1e-05'
 */
export function pythonFloatText(value: number): string {
  if (!Number.isFinite(value)) return nonFiniteText(value);
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return exponentText(value);
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

function nonFiniteText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}

function exponentText(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}
