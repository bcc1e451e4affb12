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
