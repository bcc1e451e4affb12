import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { BlevPlan } from '../chips/start-ccd.ts';
import { type AmpName, ampNames } from '../steps/quadrants.ts';
import { hasVirtualOverscan, type Overscan } from '../tables/oscntab.ts';
import type { CcdChip } from './ccd-chip.ts';
import type { ExposureKeywords } from './exposure-keywords.ts';
import { refused } from './refuse.ts';

/** Servicing Mission 4 gave the WFC new electronics, MJD. */
export const servicingMission4 = 54962;

/** Apertures whose subarrays have the virtual overscan that the bias shift needs. */
const shiftableApertures: ReadonlySet<string> = new Set([
  ...['WFC1A-2K', 'WFC1B-2K', 'WFC2C-2K', 'WFC2D-2K'],
  ...['WFC1-IRAMPQ', 'WFC1-MRAMPQ', 'WFC2-MRAMPQ', 'WFC2-ORAMPQ'],
  ...['WFC1', 'WFC2'].flatMap((chip) =>
    ['POL0UV', 'POL0V', 'POL60UV', 'POL60V', 'POL120UV', 'POL120V'].map(
      (name) => `${chip}-${name}`,
    ),
  ),
]);

/** Which algorithm of BLEVCORR an exposure gets: one for the whole exposure. */
export type BlevAlgorithm = 'classic' | 'subarray' | 'full-frame';

/** Chooses the algorithm by detector, date, size and read-out. */
export function blevAlgorithm(
  exposure: ExposureKeywords,
  overscans: readonly (Overscan | undefined)[],
): BlevAlgorithm {
  if (exposure.detector !== 'WFC' || exposure.expStart < servicingMission4) return 'classic';
  if (!exposure.isSubarray) {
    requireFullFrame(overscans);
    return 'full-frame';
  }
  return isShiftable(exposure, overscans) && isShifted(exposure) ? 'subarray' : 'classic';
}

/** Whether the aperture is one that has virtual overscan, and the frame has it. */
export function isShiftable(
  exposure: ExposureKeywords,
  overscans: readonly (Overscan | undefined)[],
): boolean {
  return shiftableApertures.has(exposure.aperture) && hasVirtualOverscan(overscans[0]);
}

/** Whether the read-out shifts the bias level: dual-slope integration at gain 2. */
export function isShifted(exposure: ExposureKeywords): boolean {
  return exposure.jwroType === 'DS_INT' && exposure.ccdGain === 2;
}

/** What a chip is to do for BLEVCORR. */
export function blevPlan(
  chip: CcdChip,
  options: {
    readonly algorithm: BlevAlgorithm;
    readonly exposure: ExposureKeywords;
    readonly overscan: Overscan | undefined;
  },
): BlevPlan {
  const { algorithm, exposure, overscan } = options;
  switch (algorithm) {
    case 'full-frame':
      return {
        kind: 'full-frame',
        amps: chip.keywords.chip === 2 ? ['C', 'D'] : ['A', 'B'],
        shifts: isShifted(exposure),
      };
    case 'subarray':
      return { kind: 'subarray', amp: firstAmp(exposure.ccdAmp) };
    case 'classic':
      return {
        kind: 'classic',
        overscan,
        amps: chipAmps(exposure, chip.keywords.chip),
        ampX: chip.ccd.ampX,
        ampY: chip.ccd.ampY,
        badBits: chip.keywords.badBits,
        readNoise: chip.ccd.readNoise,
        defaultLevel: defaultLevel(chip, exposure),
      };
  }
}

/** The amplifiers that read a chip. */
function chipAmps(exposure: ExposureKeywords, chip: number): readonly AmpName[] {
  const used = ampNames.filter((amp) => exposure.ccdAmp.includes(amp));
  if (exposure.detector !== 'WFC') return Array.from(exposure.ccdAmp, toAmp);
  const own: readonly string[] = chip === 2 ? ['C', 'D'] : ['A', 'B'];
  return used.filter((amp) => own.includes(amp));
}

function defaultLevel(
  chip: CcdChip,
  exposure: ExposureKeywords,
): { readonly amp: AmpName; readonly electrons: number } {
  const isSecondPair =
    exposure.ccdAmp.length > 1 && exposure.detector === 'WFC' && chip.keywords.chip === 2;
  const first = ampNames.indexOf(firstAmp(exposure.ccdAmp));
  const amp = ampNames[first + (isSecondPair ? 2 : 0)];
  if (amp === undefined)
    throw refused(
      `CCDAMP \`${exposure.ccdAmp}\` does not begin with an amplifier of chip 1.`,
      'Check CCDAMP of the exposure.',
    );
  return { amp, electrons: Math.fround(chip.ccd.bias[amp] * chip.ccd.gain[amp]) };
}

function firstAmp(ccdAmp: string): AmpName {
  return toAmp(ccdAmp.charAt(0));
}

function toAmp(letter: string): AmpName {
  return ampNames.find((amp) => amp === letter) ?? 'A';
}

function requireFullFrame(overscans: readonly (Overscan | undefined)[]): void {
  if (overscans.length !== 2)
    throw refused(
      `A full frame of the WFC has two chips, but this exposure has ${overscans.length}.`,
      'Check NEXTEND and SUBARRAY of the exposure.',
    );
  if (overscans.every((overscan) => overscan !== undefined)) return;
  throw new CaldpError(
    'OSCNTAB has no row for a chip of this full frame, so its bias level cannot be found.',
    {
      code: 'ACS_OVERSCAN_MISSING',
      advice: 'Check that OSCNTAB is the reference that CRDS selects for this exposure.',
      exit: 'STAGE1_ERROR',
    },
  );
}
