import type { Frame } from '../../frames/frame.ts';
import { type Detection, detectHits, limitScale } from './detect-hits.ts';
import type { CrExposure } from './exposure.ts';
import { ExposureWindow, marks } from './exposure-window.ts';
import { shadedLimits } from './hit-limit.ts';
import { initialAverage } from './initial-average.ts';
import {
  addFlags,
  addSignal,
  addVariance,
  clearLineSums,
  emptyLineSums,
  type LineSums,
  markHits,
} from './line-sums.ts';
import type { CrParameters } from './parameters.ts';
import type { Shading } from './shading.ts';

const { fround, sqrt } = Math;
const badPixelBit = 4;

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
 * Holds `2 * radius + 1` lines and one block of rows of each exposure beside the combined frame; flags hits in the exposures' scratch
 * files on the way.
 *
 * @param frame - Is filled with the combined exposures; what it held does not matter.
 * @returns How many pixels were rejected in the last iteration, all exposures together.
 */
export function crcorr(
  frame: Frame,
  options: CombineOptions & { readonly exposures: readonly CrExposure[] },
): number {
  const { parameters, exposures } = options;
  initialAverage(frame.sci, options);
  frame.err.fill(0);
  frame.dq.fill(0);
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
  return rejected;
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
    updateAverage(frame, { line, sums, shading });
    if (isLast) finishLine(frame, { line, sums, totalTime: options.totalTime });
  }
  return rejected;
}

function loadLine(
  window: ExposureWindow,
  { next, iteration }: { readonly next: number; readonly iteration: Iteration },
): void {
  const { detection, options } = iteration;
  const { time } = window.exposure;
  const slot = window.load(next);
  const shading = options.shading?.factor(next, time);
  if (shading === undefined) return;
  const average = detection.average.subarray(next * detection.nx, (next + 1) * detection.nx);
  slot.limit = shadedLimits(slot, { average, shading, scale: limitScale(detection, time) });
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
  const summed = { slot, time: window.exposure.time, rejected };
  addSignal(sums, summed);
  if (before === undefined) return 0;
  addVariance(sums, summed);
  const count = addFlags(sums, slot, before);
  if (iteration.options.parameters.flagsExposures) {
    markHits(slot.dq, sums.flags);
    window.exposure.scratch.writeDq(slot.dq, line);
  }
  return count;
}

/** Where a pixel has no exposure time left, the average of the iteration before stays. */
function updateAverage(
  frame: Frame,
  options: {
    readonly line: number;
    readonly sums: LineSums;
    readonly shading: Float32Array | undefined;
  },
): void {
  const { signal, time } = options.sums;
  const { shading } = options;
  const { sci, nx } = frame;
  const base = options.line * nx;
  for (let i = 0; i < nx; i += 1) {
    const seconds = time[i] ?? 0;
    if (seconds > 0) sci[base + i] = (signal[i] ?? 0) / seconds;
  }
  if (shading === undefined) return;
  for (let i = 0; i < nx; i += 1) {
    const seconds = time[i] ?? 0;
    if (seconds > 0)
      sci[base + i] = (sci[base + i] ?? 0) / fround(1 + fround((shading[i] ?? 0) / seconds));
  }
}

/** After the last iteration: errors, flags, and nothing where every exposure was rejected. */
function finishLine(
  frame: Frame,
  options: { readonly line: number; readonly sums: LineSums; readonly totalTime: number },
): void {
  const { totalTime } = options;
  const { time, variance, combined } = options.sums;
  const { sci, err, dq, nx } = frame;
  const base = options.line * nx;
  for (let i = 0; i < nx; i += 1) {
    const seconds = time[i] ?? 0;
    if (seconds > 0) {
      err[base + i] = fround(totalTime / seconds) * sqrt(variance[i] ?? 0);
    } else {
      sci[base + i] = 0;
      err[base + i] = 0;
    }
  }
  dq.set(combined, base);
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
