import type { Frame } from '../frames/frame.ts';

/** The mean of the science pixels without bad flags, added up in double precision, line by line. */
export class GoodMean {
  readonly #badBits: number;
  #sum = 0;
  #count = 0;

  /** @param badBits - DQ bits of pixels that do not count. */
  constructor(badBits: number) {
    this.#badBits = badBits;
  }

  add(frame: Frame): void {
    const { sci, dq } = frame;
    const badBits = this.#badBits;
    let sum = this.#sum;
    let count = this.#count;
    for (let k = 0; k < sci.length; k += 1)
      if (((dq[k] ?? 0) & badBits) === 0) {
        sum += sci[k] ?? 0;
        count += 1;
      }
    this.#sum = sum;
    this.#count = count;
  }

  /** Single precision; 0 where no pixel counts. */
  get value(): number {
    return this.#count === 0 ? 0 : Math.fround(this.#sum / this.#count);
  }
}
