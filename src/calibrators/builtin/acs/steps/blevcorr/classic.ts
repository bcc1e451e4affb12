import type { Frame } from '../../frames/frame.ts';
import type { Overscan } from '../../tables/oscntab.ts';
import type { AmpName } from '../quadrants.ts';
import { type BiasSections, biasSections } from './bias-sections.ts';
import { type Drift, fitDrift } from './drift.ts';
import { fitOverscan, type OverscanFit } from './overscan-fit.ts';

/** What the classic algorithm needs to know of an exposure. */
export interface ClassicOptions {
  /** Undefined where OSCNTAB has no row for this frame. */
  readonly overscan: Overscan | undefined;
  /** The amplifiers that read this chip, in calacs' order. */
  readonly amps: readonly AmpName[];
  readonly ampX: number;
  readonly ampY: number;
  readonly badBits: number;
  readonly readNoise: Readonly<Record<AmpName, number>>;
  /** Bias level of CCDTAB, electrons, and the amplifier it is booked for. */
  readonly defaultLevel: { readonly amp: AmpName; readonly electrons: number };
}

/** What was subtracted for one amplifier. */
export interface AmpLevel {
  readonly amp: AmpName;
  readonly sections: BiasSections;
  readonly drift: Drift | undefined;
  readonly fit: OverscanFit;
  /** Mean over the lines, electrons. */
  readonly level: number;
}

/** The result for a chip. */
export type ClassicResult =
  | { readonly kind: 'default'; readonly amp: AmpName; readonly level: number }
  | { readonly kind: 'overscan'; readonly amps: readonly AmpLevel[]; readonly meanLevel: number };

/**
 * BLEVCORR of the HRC, of the WFC before May 2009 and of WFC subarrays: subtracts the bias level that the overscan shows, a straight
 * line over the lines for each amplifier, and the drift along the lines that the virtual overscan shows.
 *
 * In and out: electrons. References: OSCNTAB, and CCDTAB (CCDBIASA to D, READNSEA to D).
 * Source: ACS Data Handbook, "BLEVCORR".
 */
export function classicBlevcorr(frame: Frame, options: ClassicOptions): ClassicResult {
  const { overscan } = options;
  if (overscan === undefined) {
    const { amp, electrons } = options.defaultLevel;
    for (let k = 0; k < frame.sci.length; k += 1) frame.sci[k] = (frame.sci[k] ?? 0) - electrons;
    return { kind: 'default', amp, level: electrons };
  }
  const amps = options.amps.map((amp) => subtractAmp(frame, { ...options, overscan, amp }));
  const sum = amps.reduce((total, { level }) => total + level, 0);
  return { kind: 'overscan', amps, meanLevel: Math.fround(sum / amps.length) };
}

type AmpOptions = ClassicOptions & { readonly overscan: Overscan; readonly amp: AmpName };

function subtractAmp(frame: Frame, options: AmpOptions): AmpLevel {
  const { overscan, amp, badBits } = options;
  const place = ampPlace(amp, options.amps);
  const area = ampArea(frame, { ...options, ...place });
  const isAlone = options.amps.length === 1;
  const sections = biasSections(overscan, { isRight: place.isRight, isAlone, nx: frame.nx });
  const hasDrift = overscan.virtualY.first > 0 || overscan.virtualY.last > 0;
  const drift = hasDrift
    ? fitDrift(frame, { overscan, section: sections.primary, badBits })
    : undefined;
  const fit = fitOverscan(frame, {
    sections,
    lines: area.endY - area.firstY,
    firstLine: overscan.trimY1,
    badBits,
    readNoise: options.readNoise[amp],
    defaultLevel: options.defaultLevel.electrons,
  });
  return { amp, sections, drift, fit, level: subtractLine(frame, { area, drift, fit }) };
}

/**
 * Where calacs thinks an amplifier is: counted from the first letter of the amplifiers in use. On an HRC frame of four amplifiers
 * this takes A for the lower left one; reproduced, since the result differs from the true geometry.
 */
function ampPlace(
  amp: AmpName,
  amps: readonly AmpName[],
): { readonly isRight: boolean; readonly isUpper: boolean } {
  const number = amp.charCodeAt(0) - (amps[0] ?? amp).charCodeAt(0);
  return { isRight: number % 2 === 1, isUpper: number >= 2 };
}

interface Area {
  readonly firstX: number;
  readonly endX: number;
  readonly firstY: number;
  readonly endY: number;
}

function ampArea(
  frame: Frame,
  options: AmpOptions & { readonly isRight: boolean; readonly isUpper: boolean },
): Area {
  const { overscan, ampX, ampY } = options;
  const endX = !options.isRight && ampX !== 0 ? ampX + overscan.trimX1 : frame.nx - overscan.trimX2;
  const endY = !options.isUpper && ampY !== 0 ? ampY + overscan.trimY1 : frame.ny - overscan.trimY2;
  return {
    firstX: overscan.trimX1 + (options.isRight ? ampX : 0),
    endX: Math.min(endX, frame.nx),
    firstY: overscan.trimY1 + (options.isUpper ? ampY : 0),
    endY: Math.min(endY, frame.ny),
  };
}

/** Subtracts level and drift; the line number is that of the frame, not that of the fit (as in calacs). Returns the mean level. */
function subtractLine(
  frame: Frame,
  options: { readonly area: Area; readonly drift: Drift | undefined; readonly fit: OverscanFit },
): number {
  const { area, drift, fit } = options;
  const lines = area.endY - area.firstY;
  const middle = Math.trunc(lines / 2);
  const slope = drift?.slope ?? 0;
  const zero = drift?.zero ?? 0;
  const meanDrift = drift === undefined ? 0 : ((area.endX - area.firstX) / 2 - zero) * slope;
  let total = 0;
  for (let j = area.firstY; j < area.endY; j += 1) {
    const level = (j - middle) * fit.slope + fit.intercept;
    total += level + meanDrift;
    const base = j * frame.nx;
    for (let i = area.firstX; i < area.endX; i += 1)
      frame.sci[base + i] = (frame.sci[base + i] ?? 0) - level - (i - zero) * slope;
  }
  return total / lines;
}
