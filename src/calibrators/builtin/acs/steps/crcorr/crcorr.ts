import type { Frame } from '../../frames/frame.ts';
import { type Detection, detectHits, setLimits } from './detect-hits.ts';
import type { CrExposure } from './exposure.ts';
import { ExposureWindow, marks } from './exposure-window.ts';
import { initialAverage } from './initial-average.ts';
import {
  addExposure,
  addFlags,
  clearLineSums,
  emptyLineSums,
  type LineSums,
  markHits,
} from './line-sums.ts';
import type { CrParameters } from './parameters.ts';
import type { Shading } from './shading.ts';

const { fround, sqrt } = Math;
const badPixelBit = 4;

/** The combined frame and how much was rejected. */
export interface Combination {
  readonly frame: Frame;
  /** Pixels rejected in the last iteration, all exposures together. */
  readonly rejected: number;
}

/** What combining one chip needs. */
export interface CombineOptions {
  readonly parameters: CrParameters;
  /** Sum of the exposure times, seconds, single precision. */
  readonly totalTime: number;
  /** Sum of the sky levels, electrons, single precision. */
  readonly totalSky: number;
  /** Bias and dark frames keep pixels that are flagged bad (bit 4). */
  readonly keepsBadPixels: boolean;
  readonly shading: Shading | undefined;
}

/**
 * CRCORR: combines exposures of one pointing and rejects cosmic rays: a pixel far above the average of the others is hit, and so are
 * neighbours above a lower threshold; several iterations with falling thresholds.
 *
 * In: electrons, calibrated up to the bias level. Out: electrons of the summed exposure time, sky included. Reference: CRREJTAB.
 * Source: ACS Data Handbook, "ACSREJ"; all in single precision.
 * Holds the combined frame and `2 * radius + 1` lines of each exposure; flags hits in the exposures' scratch files on the way.
 */
export function crcorr(exposures: readonly CrExposure[], options: CombineOptions): Combination {
  const { parameters } = options;
  const { nx, ny } = exposures[0]?.scratch.frame ?? { nx: 0, ny: 0 };
  const frame: Frame = {
    nx,
    ny,
    sci: initialAverage(exposures, parameters),
    err: new Float32Array(nx * ny),
    dq: new Int16Array(nx * ny),
  };
  let rejected = 0;
  for (const [iteration, sigma] of parameters.sigmas.entries()) {
    const isLast = iteration === parameters.sigmas.length - 1;
    const detection = detectionOf({ options, sigma, frame });
    const windows = exposures
      .filter(({ time }) => time > 0)
      .map((exposure) => new ExposureWindow(exposure, detection.reach));
    rejected = iterate(windows, { detection, options, frame, isLast });
  }
  if (parameters.flagsExposures) clearIdle(exposures);
  addSky(frame, options);
  return { frame, rejected };
}

function detectionOf(from: {
  readonly options: CombineOptions;
  readonly sigma: number;
  readonly frame: Frame;
}): Detection {
  const { parameters, keepsBadPixels } = from.options;
  const { threshold, radius, badBits } = parameters;
  return {
    parameters,
    excludedBits: keepsBadPixels ? badBits & ~badPixelBit : badBits,
    sigma2: fround(from.sigma * from.sigma),
    spill2: threshold <= 0 ? -1 : fround(threshold * threshold),
    reach: Math.ceil(radius),
    nx: from.frame.nx,
    ny: from.frame.ny,
    average: from.frame.sci,
  };
}

interface Iteration {
  readonly detection: Detection;
  readonly options: CombineOptions;
  readonly frame: Frame;
  readonly isLast: boolean;
}

function iterate(windows: readonly ExposureWindow[], iteration: Iteration): number {
  const { detection, options, frame, isLast } = iteration;
  const { reach, nx, ny } = detection;
  const sums = emptyLineSums(nx);
  let rejected = 0;
  for (let line = 0; line < ny; line += 1) {
    options.shading?.advance(line);
    const firstNew = line === 0 ? 0 : line + reach;
    for (let next = firstNew; next <= Math.min(line + reach, ny - 1); next += 1)
      for (const window of windows) loadLine(window, { next, iteration });
    clearLineSums(sums);
    for (const window of windows) rejected += searchLine(window, { line, sums, iteration });
    const shading = options.shading?.current(line);
    updateAverage(frame, { line, sums, shading, ...(isLast && { totalTime: options.totalTime }) });
  }
  return rejected;
}

function loadLine(
  window: ExposureWindow,
  { next, iteration }: { readonly next: number; readonly iteration: Iteration },
): void {
  const { time } = window.exposure;
  const shading = iteration.options.shading?.factor(next, time);
  setLimits(window.load(next), { detection: iteration.detection, line: next, time, shading });
}

function searchLine(
  window: ExposureWindow,
  options: { readonly line: number; readonly sums: LineSums; readonly iteration: Iteration },
): number {
  const { line, sums, iteration } = options;
  const slot = window.line(line);
  const before = iteration.isLast ? slot.mask.slice() : undefined;
  detectHits(window, { detection: iteration.detection, line });
  const marked = marks.spill | marks.hit;
  const rejected = iteration.options.keepsBadPixels ? marked : marked | marks.exclude;
  addExposure(sums, { slot, time: window.exposure.time, rejected });
  if (before === undefined) return 0;
  const count = addFlags(sums, slot, before);
  if (iteration.options.parameters.flagsExposures) {
    markHits(slot.dq, sums.flags);
    window.exposure.scratch.writeDq(slot.dq, line);
  }
  return count;
}

function updateAverage(
  frame: Frame,
  options: {
    readonly line: number;
    readonly sums: LineSums;
    readonly shading: Float32Array | undefined;
    /** Given in the last iteration. */
    readonly totalTime?: number;
  },
): void {
  const { sums, shading, totalTime } = options;
  const { sci, err, dq, nx } = frame;
  const base = options.line * nx;
  for (let i = 0; i < nx; i += 1) {
    const time = sums.time[i] ?? 0;
    if (time > 0) {
      const mean = fround((sums.signal[i] ?? 0) / time);
      sci[base + i] = mean / fround(1 + fround((shading?.[i] ?? 0) / time));
      if (totalTime !== undefined)
        err[base + i] = fround(totalTime / time) * sqrt(sums.variance[i] ?? 0);
    } else if (totalTime !== undefined) {
      sci[base + i] = 0;
      err[base + i] = 0;
    }
  }
  if (totalTime !== undefined) dq.set(sums.combined, base);
}

/** An exposure without exposure time has no hits; flags of an earlier rejection are removed from it all the same. */
function clearIdle(exposures: readonly CrExposure[]): void {
  for (const { scratch, time } of exposures) {
    if (time > 0) continue;
    const dq = new Int16Array(scratch.frame.nx);
    const none = new Int16Array(scratch.frame.nx);
    for (let line = 0; line < scratch.frame.ny; line += 1) {
      scratch.readDq(dq, line);
      markHits(dq, none);
      scratch.writeDq(dq, line);
    }
  }
}

/** Turns rates into electrons of the summed exposure time and adds the sky again. */
export function addSky(
  frame: Frame,
  options: { readonly totalTime: number; readonly totalSky: number },
): void {
  const { sci, err } = frame;
  for (let k = 0; k < sci.length; k += 1)
    sci[k] = fround((sci[k] ?? 0) * options.totalTime) + options.totalSky;
  // calacs leaves this mark in the corner; it enters the error of the dark subtraction.
  err[0] = -1;
}
