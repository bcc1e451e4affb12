import {
  type AmpGeometry,
  type AmpValues,
  type Quadrants,
  quadrantsOf,
} from '../steps/quadrants.ts';
import { type CcdParameters, readCcdtab } from '../tables/ccdtab.ts';
import type { ImsetFile } from './exposure-file.ts';
import { type ChipKeywords, chipKeywords, type ExposureKeywords } from './exposure-keywords.ts';

/** What is known of one chip of a CCD exposure. */
export interface CcdChip {
  readonly keywords: ChipKeywords;
  readonly ccd: CcdParameters;
  readonly geometry: AmpGeometry;
}

/** Reads the SCI header and the CCDTAB row of an imset. */
export function ccdChip(
  imset: Pick<ImsetFile, 'headers' | 'nx' | 'ny'>,
  options: { readonly exposure: ExposureKeywords; readonly ccdtab: string; readonly place: string },
): CcdChip {
  const { exposure } = options;
  const keywords = chipKeywords(imset, options);
  const mode = {
    ccdAmp: exposure.ccdAmp,
    ccdGain: exposure.ccdGain,
    chip: keywords.chip,
    offsets: exposure.offsets,
  };
  const ccd = readCcdtab(options.ccdtab, { mode, nx: imset.nx });
  const geometry: AmpGeometry = {
    detector: exposure.detector,
    chip: keywords.chip,
    nx: imset.nx,
    ny: imset.ny,
    ampX: ccd.ampX,
    ampY: ccd.ampY,
    ltv1: keywords.ltv1,
    ltv2: keywords.ltv2,
  };
  return { keywords, ccd, geometry };
}

/** Values of the amplifiers, for the quadrants of a chip. */
export function chipQuadrants(chip: CcdChip, values: AmpValues): Quadrants {
  return quadrantsOf(values, { geometry: chip.geometry, gains: chip.ccd.gain });
}
