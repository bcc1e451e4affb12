import type { AxisRange } from './wavelength-range.ts';

/** Marks of an axis and their labels; the labels are to be multiplied by ten to the power of `exponent`. */
export interface AxisTicks {
  readonly exponent: number;
  readonly marks: readonly { readonly value: number; readonly label: string }[];
}

/** Chooses round values (1, 2 or 5 times a power of ten) for the marks of an axis, at most `most` of them. */
export function axisTicks(range: AxisRange, options: { readonly most: number }): AxisTicks {
  const span = range.high - range.low;
  if (!(span > 0 && span < Infinity)) return { exponent: 0, marks: [] };
  const step = roundStep(span / options.most);
  const largest = Math.max(Math.abs(range.low), Math.abs(range.high));
  const exponent = powerToShow(largest);
  const digits = Math.max(0, exponent - Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(range.low / step - 1e-9);
  const last = Math.floor(range.high / step + 1e-9);
  const marks = Array.from({ length: last - first + 1 }, (_, index) => {
    const value = (first + index) * step;
    const shown = (value / 10 ** exponent).toFixed(digits);
    return { value, label: (Number(shown) === 0 ? (0).toFixed(digits) : shown).replace('-', '−') };
  });
  return { exponent, marks };
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Numbers from a thousandth to a hundred thousand are shown as they are. */
function powerToShow(largest: number): number {
  return largest >= 1e-3 && largest < 1e5 ? 0 : Math.floor(Math.log10(largest));
}
