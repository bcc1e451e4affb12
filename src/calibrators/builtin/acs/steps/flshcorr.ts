import { type Frame, frameRows } from '../frames/frame.ts';
import { scaleFrame } from './scale-frame.ts';
import { subtract } from './subtract.ts';

/** Collects the mean of the post-flash image as calacs does: line means weighted by the share of good pixels, single precision. */
export class FlashMean {
  readonly #badBits: number;
  #weighted = 0;
  #weights = 0;

  /** @param badBits - DQ bits of pixels that do not count. */
  constructor(badBits: number) {
    this.#badBits = badBits;
  }

  addLine(line: Frame): void {
    let sum = 0;
    let count = 0;
    for (let k = 0; k < line.nx; k += 1)
      if (((line.dq[k] ?? 0) & this.#badBits) === 0) {
        sum += line.sci[k] ?? 0;
        count += 1;
      }
    const mean = count === 0 ? 0 : Math.fround(sum / count);
    const weight = count === 0 ? 0 : Math.fround(count / line.nx);
    this.#weighted = Math.fround(this.#weighted + Math.fround(mean * weight));
    this.#weights = Math.fround(this.#weights + weight);
  }

  /** Electrons. */
  get value(): number {
    return Math.fround(this.#weighted / this.#weights);
  }
}

/**
 * FLSHCORR: subtracts the light of the post-flash lamp; one block of rows.
 *
 * In and out: electrons. Reference: FLSHFILE, electrons per second, of trimmed size; SCI, ERR and DQ.
 * Source: ACS ISR 2014-01, "Post-flash"; ACS Data Handbook, "FLSHCORR". `flash` is scaled in place.
 *
 * @param options - `duration`: FLASHDUR, seconds, single precision; `mean`: collects MEANFLSH.
 */
export function flshcorr(
  frame: Frame,
  options: { readonly flash: Frame; readonly duration: number; readonly mean: FlashMean },
): void {
  const { flash, duration, mean } = options;
  if (duration !== 1) scaleFrame(flash, duration);
  for (let row = 0; row < flash.ny; row += 1) mean.addLine(frameRows(flash, { y0: row, ny: 1 }));
  subtract(frame, flash);
}
