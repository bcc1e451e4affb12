import {
  type ConstantArrays,
  constantArrays,
  settleConstantError,
} from '../frames/constant-array.ts';
import type { PlaneSection } from '../frames/plane-rows.ts';
import { Scratch, type ScratchFrame } from '../frames/scratch.ts';
import type { Frame } from '../frames/frame.ts';
import { addSky, type CombineOptions, crcorr } from '../steps/crcorr/crcorr.ts';
import type { CrExposure } from '../steps/crcorr/exposure.ts';
import type { CrParameters } from '../steps/crcorr/parameters.ts';
import { readShading } from '../steps/crcorr/shading.ts';
import { skyLevels } from '../steps/crcorr/sky.ts';
import type { FrameStore } from './frame-store.ts';

export interface RejectOptions {
  /** The combined frame is kept under this name. */
  readonly name: string;
  /** `time`: seconds, single precision. */
  readonly exposures: readonly { readonly frame: ScratchFrame; readonly time: number }[];
  readonly totalTime: number;
  readonly parameters: CrParameters;
  readonly keepsBadPixels: boolean;
  readonly shading: PlaneSection | undefined;
}

export interface RejectResult {
  /** Sum of the sky levels, electrons. */
  readonly totalSky: number;
  readonly rejected: number;
  readonly constants: ConstantArrays;
}

/** ACSREJ for one chip. The exposures' scratch files get the flags of the hits. */
export function rejectCosmicRays(store: FrameStore, options: RejectOptions): RejectResult {
  const { parameters, totalTime, keepsBadPixels } = options;
  const scratches = options.exposures.map(({ frame }) => new Scratch(frame));
  const shading = openShading(options);
  try {
    const skies =
      parameters.sky === 'none'
        ? scratches.map(() => 0)
        : skyLevels(scratches, { badBits: parameters.badBits });
    let totalSky = 0;
    for (const sky of skies) totalSky = Math.fround(totalSky + sky);
    totalSky = Math.max(totalSky, 0);
    const exposures = scratches.map((scratch, index) => ({
      scratch,
      time: options.exposures[index]?.time ?? 0,
      sky: skies[index] ?? 0,
    }));
    const frame = store.blank(scratches[0]?.frame ?? { nx: 0, ny: 0 });
    const rejected = combine(frame, {
      exposures,
      parameters,
      totalTime,
      totalSky,
      keepsBadPixels,
      shading,
    });
    const constants = constantArrays(frame, { err: frame.err[0] ?? 0, dq: frame.dq[0] ?? 0 });
    settleConstantError(frame, constants);
    store.put(options.name, frame);
    return { totalSky, rejected, constants };
  } finally {
    for (const scratch of scratches) scratch.close();
    shading?.close();
  }
}

/**
 * Fills the frame; returns how many pixels were rejected.
 * With a single exposure that has exposure time calacs rejects nothing and scales that exposure as if it were a rate; reproduced.
 */
function combine(
  frame: Frame,
  options: CombineOptions & { readonly exposures: readonly CrExposure[] },
): number {
  const { exposures } = options;
  const [only, ...others] = exposures.filter(({ time }) => time > 0);
  if (only === undefined || others.length > 0) return crcorr(frame, options);
  only.scratch.read(frame, 0);
  addSky(frame, options);
  return 0;
}

function openShading({
  shading,
  exposures,
}: RejectOptions): ReturnType<typeof readShading> | undefined {
  if (shading === undefined) return undefined;
  const nx = exposures[0]?.frame.nx ?? 0;
  return readShading(shading.plane, { ...shading.corner, nx });
}
