/** Formats a number as `%.15g` of C does. */
export function formatG15(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (!Number.isFinite(value)) return String(value).toLowerCase();
  const [digits = '', power = '0'] = value.toExponential(14).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 15) return trimmed(value.toFixed(14 - exponent));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimmed(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
