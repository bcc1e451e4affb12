import type { RejectOptions } from '../chips/reject-cosmic-rays.ts';
import type { FrameSource } from '../chips/frame-source.ts';
import type { ScratchFrame } from '../frames/scratch.ts';
import { readString } from '../header/read-keyword.ts';
import { frameCorner } from '../references/frame-corner.ts';
import type { ReferenceFile } from '../references/reference-file.ts';
import { referenceArray } from '../references/reference-image.ts';
import { referenceSection } from '../references/reference-section.ts';
import { chipKeywords } from './exposure-keywords.ts';
import type { RejectWork } from './reject-work.ts';
import { frameName, type WorkingExposure, type WorkingImset } from './working-exposure.ts';

/** What a worker is to do with one chip of the exposures that are combined. */
export function rejectOptions(work: RejectWork, index: number): RejectOptions {
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
