import { dqFlags } from '../../frames/dq-flags.ts';
import { marks, type WindowLine } from './exposure-window.ts';

const { fround } = Math;

/** What the exposures add up to in one line. */
export interface LineSums {
  /** Electrons above the sky of pixels that are not rejected. */
  readonly signal: Float32Array;
  /** Seconds. */
  readonly time: Float32Array;
  /** Squared error, electrons squared. */
  readonly variance: Float32Array;
  /** Union of the flags, for the exposures. */
  readonly flags: Int16Array;
  /** Union of the flags, for the combined frame: says "cosmic ray" until an exposure shows the pixel unspoilt. */
  readonly combined: Int16Array;
}

/** Sums of a line before the first exposure. */
export function emptyLineSums(nx: number): LineSums {
  return {
    signal: new Float32Array(nx),
    time: new Float32Array(nx),
    variance: new Float32Array(nx),
    flags: new Int16Array(nx),
    combined: new Int16Array(nx),
  };
}

/** Makes sums ready for the next line. */
export function clearLineSums(sums: LineSums): void {
  sums.signal.fill(0);
  sums.time.fill(0);
  sums.variance.fill(0);
  sums.flags.fill(0);
  sums.combined.fill(dqFlags.cosmicRay);
}

/** One line of an exposure. `rejected`: marks and DQ bits that reject a pixel. */
export interface SummedLine {
  readonly slot: WindowLine;
  /** Seconds. */
  readonly time: number;
  readonly rejected: number;
}

/** Adds the pixels of one exposure that are not rejected, without their errors. */
export function addSignal(sums: LineSums, { slot, time, rejected }: SummedLine): void {
  const { signal, time: times } = sums;
  const { rate, mask } = slot;
  for (let i = 0; i < signal.length; i += 1) {
    if (((mask[i] ?? 0) & rejected) !== 0) continue;
    signal[i] = (signal[i] ?? 0) + fround((rate[i] ?? 0) * time);
    times[i] = (times[i] ?? 0) + time;
  }
}

/** Adds the errors of the pixels of one exposure that are not rejected. */
export function addVariance(sums: LineSums, { slot, rejected }: SummedLine): void {
  const { variance } = sums;
  const { err, mask } = slot;
  for (let i = 0; i < variance.length; i += 1) {
    if (((mask[i] ?? 0) & rejected) !== 0) continue;
    const error = err[i] ?? 0;
    variance[i] = (variance[i] ?? 0) + fround(error * error);
  }
}

/**
 * Unites the flags of one exposure with those of the exposures before. Flags of a pixel that a hit in a line below has marked are
 * lost, because the mark was written in their place; as in calacs.
 *
 * @param before - The line's mask as it was before this line was searched.
 * @returns How many pixels were rejected.
 */
export function addFlags(sums: LineSums, slot: WindowLine, before: Int16Array): number {
  const { flags, combined } = sums;
  let rejected = 0;
  for (let i = 0; i < flags.length; i += 1) {
    const united = ((before[i] ?? 0) | (flags[i] ?? 0)) & ~dqFlags.cosmicRay & ~marks.spill;
    const all = united | (combined[i] ?? 0);
    const isRejected = slot.mask[i] === marks.hit || slot.mask[i] === marks.spill;
    flags[i] = isRejected ? united | dqFlags.cosmicRay : united;
    combined[i] = isRejected ? all : all & ~dqFlags.cosmicRay;
    if (isRejected) rejected += 1;
  }
  return rejected;
}

/**
 * Writes into the flags of an exposure which pixels were hit. calacs packs the hits eight to a byte and forgets the last columns
 * where the width is no multiple of eight; reproduced.
 */
export function markHits(dq: Int16Array, flags: Int16Array): void {
  const columns = Math.floor(dq.length / 8) * 8;
  for (let i = 0; i < columns; i += 1) {
    const isHit = ((flags[i] ?? 0) & dqFlags.cosmicRay) !== 0;
    dq[i] = isHit ? (dq[i] ?? 0) | dqFlags.cosmicRay : (dq[i] ?? 0) & ~dqFlags.cosmicRay;
  }
}
