import { InvalidArgumentError } from 'commander';

/** Reads a whole number of at least `least` from a command line. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number of at least ${String(least)}.`);
  };
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const longest = 24 * 24 * 3_600_000;

/** Reads a time such as `90s`, `30m` or `12h` from a command line; answers milliseconds. */
export function timeSpan(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([smh])$/.exec(text) ?? [];
  const milliseconds = Number(digits) * (units[unit ?? ''] ?? NaN);
  if (milliseconds > 0 && milliseconds <= longest) return milliseconds;
  throw new InvalidArgumentError(
    'Expected a number with a unit, at most 24 days: `90s`, `30m`, `12h`.',
  );
}

const sizes: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** Reads a number of bytes such as `500M`, `2G` or `0` from a command line. */
export function byteCount(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  const bytes = Number(digits) * (sizes[unit ?? ''] ?? NaN);
  if (bytes >= 0) return Math.round(bytes);
  throw new InvalidArgumentError(
    'Expected a number of bytes with or without a unit: `500M`, `2G`.',
  );
}
