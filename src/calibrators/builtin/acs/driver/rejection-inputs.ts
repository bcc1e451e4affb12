import { CaldpError } from '../../../../errors/caldp-error.ts';
import { readDouble, readFloat, readString } from '../header/read-keyword.ts';
import { readSwitches } from './switches.ts';
import type { WorkingExposure } from './working-exposure.ts';

const { fround } = Math;

/** Exposure times of a combination, seconds, single precision. */
export interface CombinedTimes {
  /** Of each exposure; 1 for all where none has any. */
  readonly seconds: readonly number[];
  /** Sum of the times in the headers. */
  readonly summed: number;
  /** Sum of `seconds`. */
  readonly total: number;
  /** How many of `seconds` are above 0. */
  readonly positive: number;
  readonly isPartlyZero: boolean;
  /** MJD. */
  readonly start: number;
  readonly end: number;
}

/** Adds up the exposure times. */
export function combinedTimes(exposures: readonly WorkingExposure[]): CombinedTimes {
  const headers = exposures.map(({ primary, name }) => ({ cards: primary, place: `\`${name}\`` }));
  const times = headers.map((header) => readFloat(header, 'EXPTIME', 0));
  let summed = 0;
  for (const time of times) summed = fround(summed + time);
  const seconds = summed === 0 ? times.map(() => 1) : times;
  return {
    seconds,
    summed,
    total: summed === 0 ? times.length : summed,
    positive: seconds.filter((time) => time > 0).length,
    isPartlyZero: summed !== 0 && times.some((time) => time === 0),
    start: Math.min(...headers.map((header) => readDouble(header, 'EXPSTART', 0))),
    end: Math.max(...headers.map((header) => readDouble(header, 'EXPEND', 0))),
  };
}

/** Refuses exposures that cannot be compared. @throws CaldpError `ACS_EXPOSURES_UNLIKE`. */
export function requireAlike(exposures: readonly WorkingExposure[]): void {
  const [first, ...others] = exposures.map(traits);
  if (first === undefined) return;
  for (const other of others)
    for (const [what, value] of Object.entries(other.values)) {
      const expected = first.values[what];
      if (value === expected) continue;
      throw new CaldpError(
        `\`${other.name}\` cannot be combined with \`${first.name}\`: its ${what} is ${value}, expected ${expected ?? 'none'}.`,
        {
          code: 'ACS_EXPOSURES_UNLIKE',
          advice: 'Correct the association: combined exposures must be read out and flashed alike.',
          exit: 'STAGE1_ERROR',
        },
      );
    }
}

function traits(exposure: WorkingExposure): {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
} {
  const { primary, name, imsets } = exposure;
  const header = { cards: primary, place: `\`${name}\`` };
  const isFlashed = readSwitches(primary, { name }).FLSHCORR === 'PERFORM';
  const time = readFloat(header, 'EXPTIME', 0);
  return {
    name,
    values: {
      CCDAMP: readString(header, 'CCDAMP', ''),
      size: imsets.map(({ nx, ny }) => `${nx} x ${ny}`).join(', '),
      FLSHCORR: isFlashed ? 'PERFORM' : 'not PERFORM',
      ...(isFlashed && {
        FLASHCUR: readString(header, 'FLASHCUR', ''),
        'flash level (FLASHDUR / EXPTIME)': String(
          fround(readFloat(header, 'FLASHDUR', 0) / (time === 0 ? 1 : time)),
        ),
      }),
    },
  };
}
