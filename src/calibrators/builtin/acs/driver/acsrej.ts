import type { RejectOptions } from '../chips/reject-cosmic-rays.ts';
import type { FrameSource } from '../chips/frame-source.ts';
import type { ScratchFrame } from '../frames/scratch.ts';
import { readString } from '../header/read-keyword.ts';
import { frameCorner } from '../references/frame-corner.ts';
import type { ReferenceFile } from '../references/reference-file.ts';
import { referenceArray } from '../references/reference-image.ts';
import { referenceSection } from '../references/reference-section.ts';
import { readCrrejtab } from '../tables/crrejtab.ts';
import { beginModule, endModule } from './banner.ts';
import { type AcsRun, workerOf } from './context.ts';
import { chipKeywords } from './exposure-keywords.ts';
import { missingReferences } from './missing-reference.ts';
import { exposureReference } from './position-references.ts';
import { printOpened } from './print-opening.ts';
import { recordCombination } from './record-combination.ts';
import type { AcsrejOptions, RejectWork } from './reject-work.ts';
import { combinedTimes, type CombinedTimes, requireAlike } from './rejection-inputs.ts';
import { readSwitches } from './switches.ts';
import { writeSupport } from './support-file.ts';
import { frameName, type WorkingExposure, type WorkingImset } from './working-exposure.ts';

/** ACSREJ: combines the exposures of a position and rejects cosmic rays (CRCORR; RPTCORR of a CCD goes the same way). */
export async function acsrej(run: AcsRun, options: AcsrejOptions): Promise<WorkingExposure> {
  const { working, output } = options;
  const [first] = working;
  if (first === undefined) throw new RangeError('Expected exposures to combine.');
  run.trailer.openJoined(
    output.replace('_crj_tmp.fits', '.tra'),
    working.map(({ name }) => name.replace('_blv_tmp.fits', '.tra')),
  );
  beginModule(run.trailer, { name: 'ACSREJ', now: run.clock.now() });
  run.trailer.gap();
  run.trailer.message('CRCORR   PERFORM');
  printOpened(run.trailer, first.name);
  requireAlike(working);
  const times = combinedTimes(working);
  if (times.isPartlyZero)
    run.trailer.warning(
      'Some (but not all) input imsets have zero exposure time.\nFinal product will be compromised!',
    );
  const work: RejectWork = {
    ...options,
    first,
    times,
    ...rejectionReferences(run, { ...options, first, times }),
  };
  const results = await Promise.all(
    first.imsets.map((_, index) =>
      workerOf(run, index).run('rejectCosmicRays', rejectOptions(work, index)),
    ),
  );
  results.forEach(() => {
    printImset(run, work);
  });
  const combined = recordCombination(run, { work, results });
  writeSupport(run, {
    inputs: working.map(({ name }) => name.replace('_blv_tmp.fits', '_spt.fits')),
    output: output.replace('_crj_tmp.fits', '_spt.fits'),
    memberType: combined.memberType,
  });
  run.trailer.message('CRCORR   COMPLETE');
  run.trailer.gap();
  endModule(run.trailer, { name: 'ACSREJ', now: run.clock.now() });
  run.trailer.close();
  return combined.exposure;
}

function printImset({ trailer }: AcsRun, { shading, times, crrejtab }: RejectWork): void {
  trailer.message(`SHADCORR ${shading === undefined ? 'OMIT' : 'PERFORM'}`);
  trailer.message(`CRREJTAB ${crrejtab}`);
  if (times.positive > 1 && times.positive < times.seconds.length)
    trailer.warning('Some input exposures had EXPTIME = 0.');
  if (times.positive === 1) {
    trailer.warning('Cosmic-ray rejection NOT performed!');
    trailer.warning(
      'Some input exposures had EXPTIME = 0.\nOutput product will not be cosmic-ray cleaned!',
    );
  }
  if (shading !== undefined) trailer.message('SHADCORR COMPLETE');
}

function rejectionReferences(
  run: AcsRun,
  options: AcsrejOptions & { readonly first: WorkingExposure; readonly times: CombinedTimes },
): Pick<RejectWork, 'rejection' | 'shading' | 'crrejtab' | 'meanExposure'> {
  const { first, times, working, references: position } = options;
  const reference = (keyword: string): ReferenceFile =>
    exposureReference(run, { keyword, cards: first.primary, position });
  const table = reference('CRREJTAB');
  const isShaded = readSwitches(first.primary, first).SHADCORR === 'PERFORM';
  const shading = isShaded ? reference('SHADFILE') : undefined;
  const missing = [table, ...(shading === undefined ? [] : [shading])].filter(
    ({ exists }) => !exists,
  );
  if (missing.length > 0) throw missingReferences(missing);
  const meanExposure = Math.fround(times.summed / working.length);
  const rejection = readCrrejtab(table.path, { exposures: working.length, meanExposure });
  return { rejection, shading, crrejtab: table.name, meanExposure };
}

function rejectOptions(work: RejectWork, index: number): RejectOptions {
  const { working, first, times, rejection } = work;
  const imset = first.imsets[index];
  if (imset === undefined) throw new RangeError(`Expected an imset ${index + 1}.`);
  const { chip } = chipKeywords(imset, { place: `\`${first.name}\`, SCI ${index + 1}` });
  const imageType = readString(
    { cards: first.primary, place: `\`${first.name}\`` },
    'IMAGETYP',
  ).toUpperCase();
  return {
    name: frameName(work.output, index),
    exposures: working.map((exposure, n) => ({
      frame: scratchOf(imsetOfChip(exposure, chip).source),
      time: times.seconds[n] ?? 0,
    })),
    totalTime: times.total,
    parameters: rejection,
    keepsBadPixels: imageType.startsWith('BIAS') || imageType.startsWith('DARK'),
    shading:
      work.shading === undefined
        ? undefined
        : shadingSection(work.shading, { imset, index, first }),
  };
}

function imsetOfChip(exposure: WorkingExposure, chip: number): WorkingImset {
  const found = exposure.imsets.find(
    (imset, index) =>
      chipKeywords(imset, { place: `\`${exposure.name}\`, SCI ${index + 1}` }).chip === chip,
  );
  if (found === undefined) throw new RangeError(`Expected chip ${chip} in ${exposure.name}.`);
  return found;
}

function scratchOf(source: FrameSource): ScratchFrame {
  if (source.kind === 'scratch') return source.frame;
  throw new TypeError('Expected a frame in a scratch file.');
}

function shadingSection(
  file: ReferenceFile,
  options: {
    readonly imset: WorkingImset;
    readonly index: number;
    readonly first: WorkingExposure;
  },
): RejectOptions['shading'] {
  const { imset, index, first } = options;
  const keywords = chipKeywords(imset, { place: `\`${first.name}\`, SCI ${index + 1}` });
  // calacs takes the imset of the same number here, not the one of the same chip.
  const { plane, corner } = referenceArray(file.path, index + 1);
  const science = { corner: frameCorner(keywords), nx: imset.nx, ny: imset.ny };
  const reference = { corner, nx: plane.nx, ny: plane.ny };
  const section = referenceSection(science, { reference, name: file.name });
  return { plane, corner: section.corner };
}
