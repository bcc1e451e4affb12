import type { Frame } from '../frames/frame.ts';

/** Smallest, largest and average of something. */
export interface Spread {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
}

/** Summary of the good pixels of a frame, for the headers. */
export interface FrameStatistics {
  readonly goodPixels: number;
  readonly sci: Spread;
  readonly err: Spread;
  /** Signal to noise. */
  readonly snr: Spread;
  /** Pixels that bad flags exclude. */
  readonly badPixels: number;
  readonly pixels: number;
}

/**
 * Counts, minima, maxima and means over pixels without bad flags and with an error above zero, in double precision, in the order of
 * the pixels: blocks of rows have to be added from the first to the last.
 * Source: ACS Data Handbook, keywords NGOODPIX to SNRMEAN.
 */
export class StatisticsSum {
  readonly #badBits: number;
  // Extremes lie in arrays: with three more pairs of variables a processor core runs out of registers, which takes thrice the time.
  readonly #sci = emptyRange();
  readonly #err = emptyRange();
  readonly #snr = emptyRange();
  #sciSum = 0;
  #errSum = 0;
  #snrSum = 0;
  #good = 0;
  #bad = 0;
  #pixels = 0;

  /** @param badBits - DQ bits of pixels that do not count. */
  constructor(badBits: number) {
    this.#badBits = badBits;
  }

  add({ sci, err, dq }: Frame): void {
    const badBits = this.#badBits;
    const [sciRange, errRange, snrRange] = [this.#sci, this.#err, this.#snr];
    let sciSum = this.#sciSum;
    let errSum = this.#errSum;
    let snrSum = this.#snrSum;
    let good = 0;
    let bad = 0;
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
      sciSum += value;
      errSum += error;
      snrSum += ratio;
      widen(sciRange, value);
      widen(errRange, error);
      widen(snrRange, ratio);
    }
    [this.#sciSum, this.#errSum, this.#snrSum] = [sciSum, errSum, snrSum];
    this.#good += good;
    this.#bad += bad;
    this.#pixels += sci.length;
  }

  get value(): FrameStatistics {
    return {
      goodPixels: this.#good,
      badPixels: this.#bad,
      pixels: this.#pixels,
      sci: spread(this.#sci, this.#sciSum / this.#good),
      err: spread(this.#err, this.#errSum / this.#good),
      snr: spread(this.#snr, this.#snrSum / this.#good),
    };
  }
}

/** Minimum and maximum. */
function emptyRange(): Float64Array {
  return Float64Array.of(Infinity, -Infinity);
}

/** A number that is none is left out by both comparisons. */
function widen(range: Float64Array, value: number): void {
  if (value < (range[0] ?? 0)) range[0] = value;
  if (value > (range[1] ?? 0)) range[1] = value;
}

function spread([minimum = 0, maximum = 0]: Float64Array, mean: number): Spread {
  return { minimum, maximum, mean };
}
