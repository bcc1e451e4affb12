import { CaldpError } from '../../../../errors/caldp-error.ts';
import {
  readDouble,
  readFloat,
  readInteger,
  readLogical,
  readString,
} from '../header/read-keyword.ts';
import type { FrameOffset } from '../steps/dqicorr.ts';
import type { ImsetFile } from './exposure-file.ts';
import { refused } from './refuse.ts';

export type Detector = 'WFC' | 'HRC' | 'SBC';

/** What the primary header of an exposure says. Times in seconds, dates as MJD. */
export interface ExposureKeywords {
  readonly rootname: string;
  readonly aperture: string;
  readonly obsType: string;
  readonly jwroType: string;
  readonly detector: Detector;
  readonly filters: readonly [string, string];
  readonly expTime: number;
  readonly expStart: number;
  readonly expEnd: number;
  readonly isSubarray: boolean;
  readonly targName: string;
  /** Single precision. */
  readonly rampWavelength: number;
  /** Letters of the amplifiers, empty for the SBC. */
  readonly ccdAmp: string;
  /** Single precision. */
  readonly ccdGain: number;
  readonly offsets: readonly [number, number, number, number];
  /** Single precision. */
  readonly flashDuration: number;
  readonly flashStatus: string;
  readonly darkTime: number;
}

/** What a SCI header says. */
export interface ChipKeywords extends FrameOffset {
  readonly chip: number;
  /** DQ bits of pixels that do not count in means and fits. */
  readonly badBits: number;
  readonly combined: number;
  readonly unit: string;
}

/** @throws CaldpError for a missing keyword, an unknown detector, a negative exposure time, unknown amplifiers. */
export function exposureKeywords(
  cards: readonly string[],
  options: { readonly name: string },
): ExposureKeywords {
  const header = { cards, place: `\`${options.name}\`` };
  const detector = detectorOf(readString(header, 'DETECTOR'), options.name);
  const isCcd = detector !== 'SBC';
  const keywords: ExposureKeywords = {
    rootname: readString(header, 'ROOTNAME'),
    aperture: readString(header, 'APERTURE', '').toUpperCase(),
    obsType: readString(header, 'OBSTYPE', ''),
    jwroType: readString(header, 'JWROTYPE', '').toUpperCase(),
    detector,
    filters: [readString(header, 'FILTER1', ''), readString(header, 'FILTER2', '')],
    expTime: readDouble(header, 'EXPTIME'),
    expStart: readDouble(header, 'EXPSTART'),
    expEnd: readDouble(header, 'EXPEND'),
    isSubarray: readLogical(header, 'SUBARRAY'),
    targName: readString(header, 'TARGNAME', ''),
    rampWavelength: readFloat(header, 'LRFWAVE', 0),
    ccdAmp: isCcd ? readString(header, 'CCDAMP').toUpperCase() : '',
    ccdGain: isCcd ? readFloat(header, 'CCDGAIN', 1) : 1,
    offsets: [
      readInteger(header, 'CCDOFSTA', 3),
      readInteger(header, 'CCDOFSTB', 3),
      readInteger(header, 'CCDOFSTC', 3),
      readInteger(header, 'CCDOFSTD', 3),
    ],
    flashDuration: readFloat(header, 'FLASHDUR', 0),
    flashStatus: readString(header, 'FLASHSTA', '').toUpperCase(),
    darkTime: isCcd ? readDouble(header, 'DARKTIME', 0) : 0,
  };
  requireSound(keywords, options.name);
  return keywords;
}

/** @throws CaldpError for a scale that is not positive, and `ACS_MODE_REFUSED` for binned data. */
export function chipKeywords(
  imset: Pick<ImsetFile, 'headers'>,
  options: { readonly place: string },
): ChipKeywords {
  const header = { cards: imset.headers.sci, place: options.place };
  const keywords = {
    chip: readInteger(header, 'CCDCHIP', 1),
    badBits: readInteger(header, 'SDQFLAGS', 65535) & 0xffff,
    combined: Math.max(readInteger(header, 'NCOMBINE', 1), 1),
    unit: readString(header, 'BUNIT', ''),
    ltv1: readDouble(header, 'LTV1', 0),
    ltv2: readDouble(header, 'LTV2', 0),
    ltm1: readDouble(header, 'LTM1_1', 1),
    ltm2: readDouble(header, 'LTM2_2', 1),
  };
  if (keywords.ltm1 !== 1 || keywords.ltm2 !== 1)
    throw refused(
      `${options.place} is binned (LTM1_1 ${keywords.ltm1}, LTM2_2 ${keywords.ltm2}); only unbinned exposures are calibrated here.`,
      'Use HSTCAL (`--calibrator hstcal`) for binned exposures.',
    );
  return keywords;
}

/** The detector, by the first three letters of DETECTOR. */
export function detectorOf(text: string, name: string): Detector {
  for (const detector of ['WFC', 'HRC', 'SBC'] as const)
    if (text.startsWith(detector)) return detector;
  throw new CaldpError(`\`${name}\` has DETECTOR \`${text}\`; expected WFC, HRC or SBC.`, {
    code: 'ACS_DETECTOR_UNKNOWN',
    advice: 'Calibrate only ACS exposures with the ACS calibrator.',
    exit: 'STAGE1_ERROR',
  });
}

function requireSound(keywords: ExposureKeywords, name: string): void {
  const invalid = (keyword: string, value: string, expected: string): CaldpError =>
    new CaldpError(`\`${name}\` has ${keyword} \`${value}\`; expected ${expected}.`, {
      code: 'ACS_KEYWORD_INVALID',
      advice: `Correct ${keyword} in the header, or fetch the exposure again.`,
      exit: 'STAGE1_ERROR',
    });
  if (keywords.expTime < 0) throw invalid('EXPTIME', String(keywords.expTime), '0 or more');
  if (keywords.detector !== 'SBC' && !/^[A-D]{1,4}$/.test(keywords.ccdAmp))
    throw invalid('CCDAMP', keywords.ccdAmp, 'one to four of the letters A to D');
}
