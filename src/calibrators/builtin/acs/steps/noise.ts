import type { Frame } from '../frames/frame.ts';
import { type Quadrants, segments } from './quadrants.ts';

/**
 * Initializes the error array of a CCD: Poisson noise of the signal, read noise and what is there already, in quadrature.
 *
 * In and out: electrons. Reference: the read noises READNSEA to READNSED of CCDTAB.
 * Source: ACS Data Handbook, "Error array initialization": `sqrt(signal + readnoise^2)`, negative signals count as none.
 *
 * @param options - `isBias`: the target is a bias frame, whose only noise is that of the read-out; `line` as in `electrons.ts`.
 */
export function initializeError(
  frame: Frame,
  options: { readonly readNoise: Quadrants; readonly isBias: boolean; readonly line: number },
): void {
  const { sci, err, nx, ny } = frame;
  const rows = { line: options.line, lines: ny, nx };
  for (const { start, end, value } of segments(options.readNoise, rows)) {
    if (options.isBias) err.fill(value, start, end);
    else addInQuadrature({ sci, err }, { start, end, variance: Math.fround(value * value) });
  }
}

function addInQuadrature(
  frame: { readonly sci: Float32Array; readonly err: Float32Array },
  segment: { readonly start: number; readonly end: number; readonly variance: number },
): void {
  const { sci, err } = frame;
  const { end, variance } = segment;
  for (let k = segment.start; k < end; k += 1) {
    const value = sci[k] ?? 0;
    const error = err[k] ?? 0;
    const signal = value < 0 ? 0 : value;
    err[k] = Math.sqrt(Math.fround(Math.fround(signal + variance) + Math.fround(error * error)));
  }
}

/**
 * Initializes the error array of the SBC, which counts photons and has no read noise: the square root of the counts, at least 1.
 * A negative count, which a counter cannot give, is first cut to its whole part, as calacs does.
 *
 * @returns The pixels with negative counts, one-based, for the trailer.
 */
export function initializePhotonError(
  frame: Frame,
): readonly { readonly x: number; readonly y: number }[] {
  const { sci, err, nx } = frame;
  const negative: { readonly x: number; readonly y: number }[] = [];
  const count = sci.length;
  for (let k = 0; k < count; k += 1) {
    let value = sci[k] ?? 0;
    if (value < 0) {
      negative.push({ x: (k % nx) + 1, y: Math.floor(k / nx) + 1 });
      value = Math.abs(Math.trunc(value));
    }
    const error = Math.fround(Math.sqrt(value));
    err[k] = error > 1 ? error : 1;
  }
  return negative;
}

/** Whether no pixel has an error yet. */
export function hasNoError(frame: Frame): boolean {
  return frame.err.every((error) => error === 0);
}
