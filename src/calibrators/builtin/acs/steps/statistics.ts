import type { Frame } from '../frames/frame.ts';

/** Summary of the good pixels of a frame, for the headers. */
export interface FrameStatistics {
  readonly goodPixels: number;
  readonly sci: { readonly minimum: number; readonly maximum: number; readonly mean: number };
  readonly err: { readonly minimum: number; readonly maximum: number; readonly mean: number };
  /** Signal to noise. */
  readonly snr: { readonly minimum: number; readonly maximum: number; readonly mean: number };
  /** Pixels that bad flags exclude. */
  readonly badPixels: number;
  readonly pixels: number;
}

/**
 * Counts, minima, maxima and means over pixels without bad flags and with an error above zero, in double precision, line by line.
 * Source: ACS Data Handbook, keywords NGOODPIX to SNRMEAN.
 */
export function frameStatistics(frame: Frame, badBits: number): FrameStatistics {
  const { sci, err, dq } = frame;
  let [good, bad] = [0, 0];
  let [sum, errSum, snrSum] = [0, 0, 0];
  let [low, errLow, snrLow] = [Infinity, Infinity, Infinity];
  let [high, errHigh, snrHigh] = [-Infinity, -Infinity, -Infinity];
  for (let k = 0; k < sci.length; k += 1) {
    if (((dq[k] ?? 0) & badBits) !== 0) {
      bad += 1;
      continue;
    }
    const error = err[k] ?? 0;
    if (error <= 0) continue;
    const value = sci[k] ?? 0;
    const ratio = value / error;
    good += 1;
    sum += value;
    errSum += error;
    snrSum += ratio;
    if (value < low) low = value;
    if (value > high) high = value;
    if (error < errLow) errLow = error;
    if (error > errHigh) errHigh = error;
    if (ratio < snrLow) snrLow = ratio;
    if (ratio > snrHigh) snrHigh = ratio;
  }
  return {
    goodPixels: good,
    badPixels: bad,
    pixels: sci.length,
    sci: { minimum: low, maximum: high, mean: sum / good },
    err: { minimum: errLow, maximum: errHigh, mean: errSum / good },
    snr: { minimum: snrLow, maximum: snrHigh, mean: snrSum / good },
  };
}
