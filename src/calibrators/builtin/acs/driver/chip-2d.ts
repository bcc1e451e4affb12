import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { ImsetSection } from '../frames/reference-rows.ts';
import { frameCorner } from '../references/frame-corner.ts';
import { type ReferenceFile } from '../references/reference-file.ts';
import { referenceChip } from '../references/reference-image.ts';
import { type ReferenceSection, referenceSection } from '../references/reference-section.ts';
import type { ShadingGeometry } from '../steps/shadcorr.ts';
import { type LinearityLimits, readMlintab } from '../tables/mlintab.ts';
import { type CcdChip, ccdChip } from './ccd-chip.ts';
import { type ChipKeywords, chipKeywords, type ExposureKeywords } from './exposure-keywords.ts';
import { readSwitches } from './switches.ts';
import type { WorkingExposure } from './working-exposure.ts';

import { type References2d, usableFlats } from './references-2d.ts';
import type { Flags2d } from './steps-2d.ts';

/** One chip in ACS2D and the references that belong to it. */
export interface Chip2d {
  readonly keywords: ChipKeywords;
  /** Undefined for the SBC. */
  readonly ccd: CcdChip | undefined;
  readonly dark: ImsetSection | undefined;
  readonly flash: ImsetSection | undefined;
  readonly flats: readonly ImsetSection[];
  readonly shading:
    { readonly imset: ImsetSection['imset']; readonly geometry: ShadingGeometry } | undefined;
  readonly limits: LinearityLimits | undefined;
}

/** Looks up what belongs to a chip. */
export function chip2d(options: {
  readonly input: WorkingExposure;
  readonly exposure: ExposureKeywords;
  readonly references: References2d;
  readonly flags: Flags2d;
  readonly index: number;
}): Chip2d {
  const { input, exposure, references, flags, index } = options;
  const imset = input.imsets[index];
  if (imset === undefined) throw new RangeError(`Expected an imset ${index + 1}.`);
  const place = `\`${input.name}\`, SCI ${index + 1}`;
  const own = chipKeywords(imset, { place });
  const isCcd = exposure.detector !== 'SBC';
  if (isCcd) requireTrimmed(input, own);
  const look = (file: ReferenceFile): ImsetSection => {
    const { imset: stored, section } = sectionOf(file, { keywords: own, ...imset });
    return { imset: stored, corner: section.corner };
  };
  const isLinear = flags.GLINCORR === 'PERFORM' || flags.LFLGCORR === 'PERFORM';
  return {
    keywords: own,
    ccd: isCcd ? ccdChip(imset, { exposure, ccdtab: references.CCDTAB.path, place }) : undefined,
    dark: flags.DARKCORR === 'PERFORM' ? look(references.DARKFILE) : undefined,
    flash: flags.FLSHCORR === 'PERFORM' ? look(references.FLSHFILE) : undefined,
    flats: flags.FLATCORR === 'PERFORM' ? usableFlats(references).map(look) : [],
    shading:
      flags.SHADCORR === 'PERFORM' && exposure.expTime > 0
        ? shadingOf(references.SHADFILE, { keywords: own, ...imset })
        : undefined,
    limits: isLinear ? readMlintab(references.MLINTAB.path) : undefined,
  };
}

interface PlacedImset {
  readonly keywords: ChipKeywords;
  readonly nx: number;
  readonly ny: number;
}

function sectionOf(
  file: ReferenceFile,
  options: PlacedImset & { readonly mayBeCoarse?: boolean },
): { readonly imset: ImsetSection['imset']; readonly section: ReferenceSection } {
  const { imset, corner } = referenceChip(file.path, options.keywords.chip);
  const { nx, ny } = imset.sci;
  const science = { corner: frameCorner(options.keywords), nx: options.nx, ny: options.ny };
  const section = referenceSection(science, {
    reference: { corner, nx, ny },
    name: file.name,
    mayBeCoarse: options.mayBeCoarse ?? false,
  });
  return { imset, section };
}

function shadingOf(file: ReferenceFile, options: PlacedImset): Chip2d['shading'] {
  const { imset, section } = sectionOf(file, { ...options, mayBeCoarse: true });
  const { nx, ny } = imset.sci;
  return {
    imset,
    geometry: { ...section.corner, factorX: section.factorX, factorY: section.factorY, nx, ny },
  };
}

function requireTrimmed(input: WorkingExposure, own: ChipKeywords): void {
  const isComplete = readSwitches(input.primary, input).BLEVCORR === 'COMPLETE';
  if (isComplete && own.ltv1 <= 0 && own.ltv2 <= 0) return;
  throw new CaldpError(
    `The overscan of \`${input.name}\` is not cut off, so it does not fit the reference images.`,
    {
      code: 'ACS_OVERSCAN_NOT_TRIMMED',
      advice: 'Set BLEVCORR to PERFORM.',
      exit: 'STAGE1_ERROR',
    },
  );
}
