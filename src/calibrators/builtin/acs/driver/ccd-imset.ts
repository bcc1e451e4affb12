import type { FinishCcdOptions } from '../chips/finish-ccd.ts';
import type { FullWellOptions } from '../chips/full-well-rows.ts';
import type { StartCcdOptions } from '../chips/start-ccd.ts';
import { frameCorner } from '../references/frame-corner.ts';
import { referenceChip, referencePlane } from '../references/reference-image.ts';
import { type PlacedSize, referenceSection } from '../references/reference-section.ts';
import { type Overscan, readOscntab } from '../tables/oscntab.ts';
import { type CcdChip, ccdChip } from './ccd-chip.ts';
import type { CcdFlags, CcdReferences } from './ccd-setup.ts';
import type { ImsetFile } from './exposure-file.ts';
import type { ExposureKeywords } from './exposure-keywords.ts';

/** One chip in ACSCCD and the references that belong to it. */
export interface CcdImset {
  readonly file: ImsetFile;
  readonly chip: CcdChip;
  /** Undefined where OSCNTAB has no row for this frame. */
  readonly overscan: Overscan | undefined;
  readonly bias: StartCcdOptions['bias'];
  /** Undefined where the full well is not tested. */
  readonly fullWell:
    { readonly isSameSize: boolean; readonly options: FullWellOptions } | undefined;
  readonly sink: FinishCcdOptions['sink'];
}

/** Finds what belongs to a chip in the references. */
export function ccdImset(
  file: ImsetFile,
  options: {
    readonly exposure: ExposureKeywords;
    readonly references: CcdReferences;
    readonly flags: CcdFlags;
    readonly place: string;
  },
): CcdImset {
  const { exposure, references, flags, place } = options;
  const chip = ccdChip(file, { exposure, ccdtab: references.CCDTAB.path, place });
  const { nx, ny } = file;
  const overscan = readOscntab(references.OSCNTAB.path, {
    ccdAmp: exposure.ccdAmp,
    chip: chip.keywords.chip,
    nx,
    ny,
  });
  const science: PlacedSize = { corner: frameCorner(chip.keywords), nx, ny };
  const lookUp = { references, science, chip: chip.keywords.chip };
  const testsFullWell = flags.BIASCORR === 'PERFORM' && flags.BLEVCORR === 'PERFORM';
  return {
    file,
    chip,
    overscan,
    bias: flags.BIASCORR === 'PERFORM' ? biasSection(lookUp) : undefined,
    fullWell: testsFullWell ? fullWell({ ...lookUp, overscan }) : undefined,
    sink: flags.SINKCORR === 'PERFORM' ? sinkMap(lookUp) : undefined,
  };
}

interface LookUp {
  readonly references: CcdReferences;
  readonly science: PlacedSize;
  readonly chip: number;
}

function biasSection({ references, science, chip }: LookUp): StartCcdOptions['bias'] {
  const { path, name } = references.BIASFILE;
  const { imset, corner: at } = referenceChip(path, chip);
  const reference = { corner: at, nx: imset.sci.nx, ny: imset.sci.ny };
  return { imset, corner: referenceSection(science, { reference, name }).corner };
}

function fullWell(
  options: LookUp & { readonly overscan: Overscan | undefined },
): CcdImset['fullWell'] {
  const { references, science, chip, overscan } = options;
  const { path, name } = references.SATUFILE;
  const { imset, corner: at } = referenceChip(path, chip);
  const reference = { corner: at, nx: imset.sci.nx, ny: imset.sci.ny };
  const { corner, isSameSize } = referenceSection(science, { reference, name });
  const nx = science.nx - (overscan?.trimX1 ?? 0) - (overscan?.trimX2 ?? 0);
  const ny = science.ny - (overscan?.trimY1 ?? 0) - (overscan?.trimY2 ?? 0);
  // For subarrays calacs starts at the corner of the raw frame, and so leaves out the last columns and lines.
  const firstX = isSameSize ? Math.abs(science.corner.x) : 0;
  const firstY = isSameSize ? Math.abs(science.corner.y) : 0;
  return {
    isSameSize,
    options: {
      depths: { plane: imset.sci, corner },
      firstX,
      endX: firstX + nx,
      firstY,
      endY: firstY + ny,
    },
  };
}

function sinkMap({ references, science, chip }: LookUp): FinishCcdOptions['sink'] {
  const { path, name } = references.SNKCFILE;
  const { plane, corner: at, version } = referencePlane(path, chip);
  const reference = { corner: at, nx: plane.nx, ny: plane.ny };
  const { corner } = referenceSection(science, { reference, name });
  return { map: { plane, corner }, isUpward: version === 1 };
}
