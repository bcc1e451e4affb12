import type { CcdParameters } from '../tables/ccdtab.ts';
import { servicingMission4 } from './blev-plan.ts';
import type { ExposureKeywords } from './exposure-keywords.ts';

const { fround } = Math;

/** Start of Cycle 24, when subarrays got their new read-out, MJD. */
const cycle24 = 57662;
const subarrayApertures: ReadonlySet<string> = new Set([
  ...['2K', '1K', '512'].flatMap((size) =>
    ['WFC1A', 'WFC1B', 'WFC2C', 'WFC2D'].map((corner) => `${corner}-${size}`),
  ),
  ...['WFC1-IRAMPQ', 'WFC1-MRAMPQ', 'WFC2-ORAMPQ', 'WFC1-SMFL'],
  ...['POL0UV', 'POL0V', 'POL60UV', 'POL60V', 'POL120UV', 'POL120V'].map((name) => `WFC1-${name}`),
]);

/** Seconds for which dark current gathers, single precision. */
export interface DarkTime {
  readonly header: number;
  /** Overhead of the read-out; not added for every exposure. */
  readonly overhead: number;
  readonly total: number;
  readonly isSupportedSubarray: boolean;
}

/** DARKTIME with the overhead of the read-out (ACS ISR 2017-05). */
export function darkTimeOf(exposure: ExposureKeywords, ccd: CcdParameters): DarkTime {
  const header = fround(exposure.darkTime);
  const isFlashed = exposure.flashDuration > 0 && exposure.flashStatus === 'SUCCESSFUL';
  const overhead = isFlashed ? ccd.overheadFlashed : ccd.overheadUnflashed;
  const isSupportedSubarray =
    exposure.isSubarray && exposure.expStart >= cycle24 && subarrayApertures.has(exposure.aperture);
  const isAdded = exposure.isSubarray
    ? isSupportedSubarray
    : exposure.expStart >= servicingMission4;
  const total = isAdded ? fround(header + overhead) : header;
  return { header, overhead, total, isSupportedSubarray };
}
