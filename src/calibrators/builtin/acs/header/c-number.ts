/** Digits beyond the wanted ones that decide whether an IEEE double lies exactly half way between two decimals. */
const guardDigits = 60;
const maximumDigits = 100;

/**
 * `%.<digits>E` of C, for example `1.2345672E+06`.
 * JavaScript rounds exact halves up, C to the even digit: 1234567.25 is ` 1.2345672E+06` in a calacs header.
 */
export function formatExponential(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNotFinite(value).toUpperCase();
  const [mantissa = '', exponent = ''] = exponentialHalfEven(value, digits).split('e');
  return `${mantissa}E${paddedExponent(exponent)}`;
}

/** `%.<digits>f` of C. Values of 1e21 and more, where JavaScript changes to exponents, keep all their integer digits. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return formatNotFinite(value);
  if (Math.abs(value) >= 1e21) return `${BigInt(value).toString()}.${'0'.repeat(digits)}`;
  const exact = value.toFixed(Math.min(maximumDigits, digits + guardDigits));
  const kept = exact.slice(0, exact.length - guardDigits);
  const cut = digits === 0 ? kept.slice(0, -1) : kept;
  const text = isEvenTie(cut, exact.slice(kept.length)) ? cut : value.toFixed(digits);
  return Object.is(value, -0) ? `-${text}` : text;
}

/** `%.<precision>g` of C: the shorter of fixed and exponential, without trailing zeros. */
export function formatGeneral(value: number, precision: number): string {
  if (!Number.isFinite(value)) return formatNotFinite(value);
  const scientific = exponentialHalfEven(value, precision - 1);
  const [mantissa = '', exponentText = ''] = scientific.split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision)
    return `${withoutTrailingZeros(mantissa)}e${paddedExponent(exponentText)}`;
  return withoutTrailingZeros(formatFixed(value, precision - 1 - exponent));
}

function formatNotFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value < 0 ? '-inf' : 'inf';
}

function exponentialHalfEven(value: number, digits: number): string {
  const exact = value.toExponential(Math.min(maximumDigits, digits + guardDigits));
  const [mantissa = '', exponent = ''] = exact.split('e');
  const kept = mantissa.slice(0, mantissa.length - guardDigits);
  const cut = digits === 0 ? kept.slice(0, -1) : kept;
  const tie = isEvenTie(cut, mantissa.slice(kept.length));
  const text = tie ? `${cut}e${exponent}` : value.toExponential(digits);
  return Object.is(value, -0) ? `-${text}` : text;
}

function isEvenTie(kept: string, rest: string): boolean {
  return /^50*$/.test(rest) && /[02468]$/.test(kept);
}

function paddedExponent(text: string): string {
  const sign = text.startsWith('-') ? '-' : '+';
  return sign + text.replace(/^[+-]/, '').padStart(2, '0');
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
