import type { AmpName } from '../quadrants.ts';

/** Serial pixel frequency, kHz. */
const serialFrequency = 1000 / 22;
/** Pixels that pass during a parallel shift of 3.212 ms. */
const gapPixels = Math.trunc(serialFrequency * 3.212 + 0.5);
/** Time constant of the high-pass filter of each pre-amplifier, microseconds. */
const timeConstant: Readonly<Record<AmpName, number>> = {
  A: 37.290251,
  B: 36.180001,
  C: 37.86777,
  D: 42.461249,
};
/** Ratio of the shift of the bias level to the signal. */
const shiftRatio = 0.3;
/** Sensitivity of the dual-slope integrator. */
const sensitivity: Readonly<Record<AmpName, number>> = {
  A: 2.9188919e-3,
  B: 10.805754e-3,
  C: 12.432145e-3,
  D: 3.8596253e-3,
};
/** Share of the change of the shift that the integrator sees. */
const delta = 10 / 22;

/** The pixels of a line in the order of the read-out. */
export interface ReadLine {
  readonly sci: Float32Array;
  /** Position of the first pixel. */
  readonly first: number;
  /** Distance from a pixel to the next. */
  readonly step: number;
  readonly pixels: number;
}

/**
 * The first-order filter of an amplifier's read-out; remembers the shift that the pixels so far have left behind. Double precision.
 * Every method has a loop of its own: the shift of a pixel waits for that of the pixel before, so that nothing else may be in its way.
 */
export class BiasFilter {
  readonly #gain: number;
  readonly #keep: number;
  readonly #sense: number;
  readonly #gapShift: number;
  #shift: number;

  /** @param level - Bias level of the amplifier, electrons. */
  constructor(amp: AmpName, level: number) {
    this.#gain = 1 - Math.exp(-1 / (timeConstant[amp] * serialFrequency));
    this.#keep = 1 - this.#gain;
    this.#sense = sensitivity[amp];
    this.#gapShift = level * this.#gain * shiftRatio;
    this.#shift = level * shiftRatio;
  }

  /** Lets a line pass and changes nothing. */
  pass({ sci, first, step, pixels }: ReadLine): void {
    const gain = this.#gain;
    const keep = this.#keep;
    let shift = this.#shift;
    for (let n = 0, k = first; n < pixels; n += 1, k += step)
      shift = (sci[k] ?? 0) * gain * shiftRatio + keep * shift;
    this.#shift = shift;
  }

  /** Corrects a line and subtracts a level from it. */
  correct({ sci, first, step, pixels }: ReadLine, level: number): void {
    const gain = this.#gain;
    const keep = this.#keep;
    const sense = this.#sense;
    let shift = this.#shift;
    for (let n = 0, k = first; n < pixels; n += 1, k += step) {
      const value = sci[k] ?? 0;
      const next = value * gain * shiftRatio + keep * shift;
      sci[k] = value - sense * next - delta * (next - shift) - level;
      shift = next;
    }
    this.#shift = shift;
  }

  /** What `correct` would make of a pixel. Only the filter moves on. */
  corrected(value: number): number {
    const shift = this.#shift;
    const next = value * this.#gain * shiftRatio + this.#keep * shift;
    this.#shift = next;
    return value - this.#sense * next - delta * (next - shift);
  }

  /** Lets the time pass in which the read-out shifts a line. */
  passGap(): void {
    const keep = this.#keep;
    const gapShift = this.#gapShift;
    let shift = this.#shift;
    for (let gap = 0; gap < gapPixels; gap += 1) shift = gapShift + keep * shift;
    this.#shift = shift;
  }
}
