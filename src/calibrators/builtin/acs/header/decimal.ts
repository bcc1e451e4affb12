const digitsPerWord = 9;
const significantDigits = 17;
const saturatedInteger = 2147483648;

/**
 * The number that a header card stands for, converted as HSTIO does it: in at most four integer words of 9 or 8 digits, each
 * scaled by a power of ten and added from the smallest to the largest. This differs from a correctly rounded conversion in the
 * last bit for about one in five 17-digit fractions, and a calibration equal to the bit has to start from the same number.
 *
 * @returns Undefined where the text is no number.
 */
export function parseDecimal(text: string): number | undefined {
  const match = /^([+-]?)(\d*)(?:(\.)(\d*))?(?:[EeDd]([+-]?\d+))?\s*$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = '', whole = '', point, fraction = '', exponentText] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = whole.replace(/^0+/, '');
  const isInteger = point === undefined && exponentText === undefined;
  const magnitude =
    isInteger && digits.length > 10
      ? saturatedInteger
      : assemble(digits, fraction, Number(exponentText ?? 0));
  return sign === '-' ? -magnitude : magnitude;
}

function assemble(whole: string, fraction: string, exponent: number): number {
  const count = whole.length;
  const first = Number(whole.slice(0, digitsPerWord));
  const second = Number(whole.slice(digitsPerWord, significantDigits));
  const significant = count === 0 ? fraction.replace(/^0+/, '') : fraction;
  const zeros = fraction.length - significant.length;
  const kept = significant.replace(/0+$/, '').slice(0, Math.max(significantDigits - count, 0));
  const third = Number(kept.slice(0, digitsPerWord));
  const fourth = Number(kept.slice(digitsPerWord));
  let value = fourth === 0 ? 0 : scaled(fourth, exponent - kept.length - zeros);
  if (third !== 0) value += scaled(third, exponent - zeros - Math.min(kept.length, digitsPerWord));
  if (second !== 0) value += scaled(second, Math.max(count - significantDigits, 0) + exponent);
  if (first !== 0) value += scaled(first, Math.max(count - digitsPerWord, 0) + exponent);
  return value;
}

function scaled(digits: number, power: number): number {
  if (power === 0) return digits;
  return power > 0 ? digits * Number(`1e${power}`) : digits / Number(`1e${-power}`);
}
