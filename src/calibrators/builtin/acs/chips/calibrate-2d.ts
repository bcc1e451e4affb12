import { type ConstantArrays, constantArrays } from '../frames/constant-array.ts';
import type { Frame } from '../frames/frame.ts';
import type { StoredImset } from '../frames/plane.ts';
import { type ImsetSection, ReferenceRows } from '../frames/reference-rows.ts';
import { type FrameSource, sourceFrame } from './frame-source.ts';
import { rowBlocks } from '../frames/row-blocks.ts';
import { darkcorr } from '../steps/darkcorr.ts';
import { convertToElectrons } from '../steps/electrons.ts';
import { flatcorr } from '../steps/flatcorr.ts';
import { FlashMean, flshcorr } from '../steps/flshcorr.ts';
import { glincorr } from '../steps/glincorr.ts';
import { GoodMean } from '../steps/good-mean.ts';
import { lflgcorr } from '../steps/lflgcorr.ts';
import { hasNoError, initializeError, initializePhotonError } from '../steps/noise.ts';
import type { Quadrants } from '../steps/quadrants.ts';
import { shadcorr, type ShadingGeometry } from '../steps/shadcorr.ts';
import { type FrameStatistics, StatisticsSum } from '../steps/statistics.ts';
import type { LinearityLimits } from '../tables/mlintab.ts';
import type { FrameStore } from './frame-store.ts';
import { applyBadPixels, type DqiOptions } from './start-ccd.ts';

/** How the error array is initialized where that is still to be done. */
export type ErrorPlan =
  | { readonly kind: 'photons' }
  | { readonly kind: 'ccd'; readonly readNoise: Quadrants; readonly isBias: boolean };

export interface Calibrate2dOptions {
  /** The frame is kept under this name until it is written. */
  readonly name: string;
  readonly source: FrameSource;
  readonly dqi: DqiOptions | undefined;
  readonly glin: { readonly rate: number; readonly tau: number } | undefined;
  readonly lflg: { readonly limits: LinearityLimits; readonly exposureTime: number } | undefined;
  /** Undefined where the frame is in electrons already, or the gain is 1. */
  readonly gains: Quadrants | undefined;
  readonly error: ErrorPlan;
  readonly dark: { readonly section: ImsetSection; readonly darkTime: number } | undefined;
  readonly flash: { readonly section: ImsetSection; readonly duration: number } | undefined;
  /** Pixel-to-pixel and delta flat. */
  readonly flats: readonly ImsetSection[];
  readonly shad:
    | {
        readonly imset: StoredImset;
        readonly geometry: ShadingGeometry;
        readonly exposureTime: number;
      }
    | undefined;
  /** DQ bits of pixels that do not count in means. */
  readonly badBits: number;
}

export interface Calibrate2dResult {
  readonly badPixels: boolean | undefined;
  readonly initializedError: boolean;
  /** Pixels with negative counts, one-based. */
  readonly negative: readonly { readonly x: number; readonly y: number }[];
  readonly meanDark: number | undefined;
  readonly meanFlash: number | undefined;
  readonly statistics: FrameStatistics;
  readonly constants: ConstantArrays;
}

/** ACS2D for one chip. */
export function calibrate2d(store: FrameStore, options: Calibrate2dOptions): Calibrate2dResult {
  const frame = sourceFrame(store, options);
  const badPixels = options.dqi === undefined ? undefined : applyBadPixels(frame, options.dqi);
  if (options.glin !== undefined) glincorr(frame, options.glin);
  if (options.lflg !== undefined) lflgcorr(frame, options.lflg);
  if (options.gains !== undefined) convertToElectrons(frame, { gains: options.gains, line: 0 });
  const initializedError = hasNoError(frame);
  const negative = initializedError ? initialize(frame, options.error) : [];
  const means = applyReferences(frame, options);
  const constants = constantArrays(frame, { err: frame.err[0] ?? 0, dq: frame.dq[0] ?? 0 });
  store.put(options.name, frame);
  return { badPixels, initializedError, negative, ...means, constants };
}

function initialize(
  frame: Frame,
  plan: ErrorPlan,
): readonly { readonly x: number; readonly y: number }[] {
  if (plan.kind === 'photons') return initializePhotonError(frame);
  initializeError(frame, { readNoise: plan.readNoise, isBias: plan.isBias, line: 0 });
  return [];
}

/** What is measured while reference images are applied. */
type Measured = Pick<Calibrate2dResult, 'meanDark' | 'meanFlash' | 'statistics'>;

/** Applies the reference images block by block, while the rows are in the cache; only the shading has blocks of its own. */
function applyReferences(frame: Frame, options: Calibrate2dOptions): Measured {
  const { dark, flash, flats, shad, badBits } = options;
  const darkRows = dark === undefined ? undefined : new ReferenceRows(dark.section);
  const flashRows = flash === undefined ? undefined : new ReferenceRows(flash.section);
  const flatRows = flats.map((flat) => new ReferenceRows(flat));
  const meanDark = new GoodMean(badBits);
  const meanFlash = new FlashMean(badBits);
  const statistics = new StatisticsSum(badBits);
  try {
    for (const block of rowBlocks(frame)) {
      const { rows } = block;
      if (dark !== undefined && darkRows !== undefined)
        darkcorr(rows, { dark: darkRows.beside(block), darkTime: dark.darkTime, mean: meanDark });
      if (flash !== undefined && flashRows !== undefined)
        flshcorr(rows, {
          flash: flashRows.beside(block),
          duration: flash.duration,
          mean: meanFlash,
        });
      for (const flat of flatRows) flatcorr(rows, flat.beside(block));
      if (shad === undefined) statistics.add(rows);
    }
  } finally {
    for (const rows of [darkRows, flashRows, ...flatRows]) rows?.close();
  }
  if (shad !== undefined) {
    shadcorr(frame, { shading: shad.imset, ...shad });
    statistics.add(frame);
  }
  return {
    meanDark: dark === undefined ? undefined : meanDark.value,
    meanFlash: flash === undefined ? undefined : meanFlash.value,
    statistics: statistics.value,
  };
}
