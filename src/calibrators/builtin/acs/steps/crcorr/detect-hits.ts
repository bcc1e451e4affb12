import { type ExposureWindow, marks } from './exposure-window.ts';
import { hitLimit, type LimitScale } from './hit-limit.ts';
import type { CrParameters } from './parameters.ts';

const { fround } = Math;
const loweredLimit = 1 - 1e-5;
/** Below it single precision loses digits, squares even vanish. */
const smallestBound = 1e-30;

/** What the detection in one iteration needs. */
export interface Detection {
  readonly parameters: CrParameters;
  /** DQ bits that exclude a pixel. */
  readonly excludedBits: number;
  /** Squared threshold of this iteration, sigma. */
  readonly sigma2: number;
  /** Squared factor for neighbours; -1: every neighbour is marked. */
  readonly spill2: number;
  /** Lines and columns to which a hit can spread. */
  readonly reach: number;
  readonly nx: number;
  readonly ny: number;
  /** The average so far, electrons per second; lines below the current one are already new. */
  readonly average: Float32Array;
}

/** Marks the hits of a line of one exposure, and the neighbours to which they spread. */
export function detectHits(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly line: number },
): void {
  const { detection, line } = options;
  const slot = window.line(line);
  exclude(slot.mask, detection.excludedBits);
  if (slot.limit === undefined) detectUnshaded(window, options);
  else detectShaded(window, { detection, line, limit: slot.limit });
}

function exclude(mask: Int16Array, bits: number): void {
  for (let i = 0; i < mask.length; i += 1) {
    const flags = mask[i] ?? 0;
    if ((flags & bits) !== 0 && flags !== marks.spill) mask[i] = marks.exclude;
  }
}

/** How `hitLimit` sees an exposure in this iteration. */
export function limitScale(detection: Detection, time: number): LimitScale {
  const { sigma2, parameters } = detection;
  return { sigma2, noise: fround(parameters.scaleNoise / 100), time, time2: fround(time * time) };
}

/**
 * Most pixels are near enough to the average by their error alone, whatever noise the signal adds. These are told in double precision,
 * with a limit that is lowered by far more than all roundings to single precision make out; the others go the exact way.
 */
function detectUnshaded(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly line: number },
): void {
  const { detection, line } = options;
  const { nx } = detection;
  const average = detection.average.subarray(line * nx, (line + 1) * nx);
  const { rate, err } = window.line(line);
  const scale = limitScale(detection, window.exposure.time);
  const factor = (loweredLimit * scale.sigma2) / scale.time2;
  for (let i = 0; i < nx; i += 1) {
    const difference = (rate[i] ?? 0) - (average[i] ?? 0);
    const error = err[i] ?? 0;
    const bound = factor * error * error;
    if (difference * difference < bound && bound > smallestBound) continue;
    const signal = fround((average[i] ?? 0) * scale.time);
    if (isAbove(difference, hitLimit(signal, { error, scale })))
      markHit(window, { detection, line, column: i });
  }
}

function detectShaded(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly line: number; readonly limit: Float32Array },
): void {
  const { detection, line, limit } = options;
  const base = line * detection.nx;
  const { rate } = window.line(line);
  for (let i = 0; i < detection.nx; i += 1)
    if (isAbove((rate[i] ?? 0) - (detection.average[base + i] ?? 0), limit[i] ?? 0))
      markHit(window, { detection, line, column: i });
}

/** @param limit - Squared. */
function isAbove(difference: number, limit: number): boolean {
  const distance = fround(difference);
  return fround(distance * distance) > limit;
}

interface Place {
  readonly detection: Detection;
  readonly line: number;
  readonly column: number;
}

function markHit(window: ExposureWindow, place: Place): void {
  const { mask } = window.line(place.line);
  if (mask[place.column] === marks.exclude) return;
  mask[place.column] = marks.hit;
  if (place.detection.reach > 0) spread(window, place);
}

function spread(window: ExposureWindow, { detection, line, column }: Place): void {
  const { reach, nx, ny } = detection;
  const { radius } = detection.parameters;
  const radius2 = fround(radius * radius);
  const lastLine = Math.min(line + reach, ny - 1);
  const lastColumn = Math.min(column + reach, nx - 1);
  for (let y = Math.max(line - reach, 0); y <= lastLine; y += 1)
    for (let x = Math.max(column - reach, 0); x <= lastColumn; x += 1) {
      const [dx, dy] = [x - column, y - line];
      if (dx * dx + dy * dy <= radius2) markNeighbour(window, { detection, x, y });
    }
}

function markNeighbour(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly x: number; readonly y: number },
): void {
  const { detection, x, y } = options;
  const slot = window.line(y);
  const { time } = window.exposure;
  const error = slot.err[x] ?? 0;
  const variance = fround(detection.sigma2 * fround(error * error));
  const limit = fround(detection.spill2 * fround(variance / fround(time * time)));
  const distance = fround((slot.rate[x] ?? 0) - (detection.average[y * detection.nx + x] ?? 0));
  if (fround(distance * distance) <= limit || slot.mask[x] === marks.hit) return;
  slot.mask[x] = marks.spill;
}
