import { type ExposureWindow, marks, type WindowLine } from './exposure-window.ts';
import type { CrParameters } from './parameters.ts';

const { fround } = Math;

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

/**
 * Computes from the average so far above which squared distance a pixel of a new line of the window is hit.
 *
 * @param options - `shading`: `1 + shading / time`, undefined without shading.
 */
export function setLimits(
  slot: WindowLine,
  options: {
    readonly detection: Detection;
    readonly line: number;
    readonly time: number;
    readonly shading: Float32Array | undefined;
  },
): void {
  const { detection, shading, time } = options;
  const { average, sigma2, nx } = detection;
  const { err, limit } = slot;
  const scale = fround(detection.parameters.scaleNoise / 100);
  const time2 = fround(time * time);
  const base = options.line * nx;
  // The signal takes the place of the limit at first.
  for (let i = 0; i < nx; i += 1) limit[i] = (average[base + i] ?? 0) * time;
  if (shading !== undefined)
    for (let i = 0; i < nx; i += 1) limit[i] = (limit[i] ?? 0) / (shading[i] ?? 1);
  for (let i = 0; i < nx; i += 1) {
    const error = err[i] ?? 0;
    const signal = limit[i] ?? 0;
    const noise = signal > 0 ? fround(scale * signal) : 0;
    const variance = fround(fround(error * error) + fround(noise * noise));
    limit[i] = fround(sigma2 * variance) / time2;
  }
}

/** Marks the hits of a line of one exposure, and the neighbours to which they spread. */
export function detectHits(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly line: number },
): void {
  const { detection, line } = options;
  const { average, nx, reach, excludedBits } = detection;
  const { rate, limit, mask } = window.line(line);
  const base = line * nx;
  for (let i = 0; i < nx; i += 1) {
    const flags = mask[i] ?? 0;
    if ((flags & excludedBits) !== 0 && flags !== marks.spill) mask[i] = marks.exclude;
  }
  for (let i = 0; i < nx; i += 1) {
    const distance = fround((rate[i] ?? 0) - (average[base + i] ?? 0));
    if (!(fround(distance * distance) > (limit[i] ?? 0)) || mask[i] === marks.exclude) continue;
    mask[i] = marks.hit;
    if (reach > 0) spread(window, { detection, line, column: i });
  }
}

function spread(
  window: ExposureWindow,
  options: { readonly detection: Detection; readonly line: number; readonly column: number },
): void {
  const { detection, line, column } = options;
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
