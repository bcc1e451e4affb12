import type { AmplifierName } from '../detectors/detector.ts';

/** A pixel is read in 22 microseconds. */
const pixelsPerMillisecond = 1000 / 22;
const gap = Math.floor(pixelsPerMillisecond * 3.212 + 0.5);
const share = 0.3;
const jump = 10 / 22;

const timeConstants = { A: 37.290251, B: 36.180001, C: 37.86777, D: 42.461249 } as const;
const strengths = {
  A: 2.9188919e-3,
  B: 10.805754e-3,
  C: 12.432145e-3,
  D: 3.8596253e-3,
} as const;

/**
 * The electronic bias of the WFC after Servicing Mission 4 in dual-slope integration: it follows the signal that was read
 * before, with a delay. This adds to the pixels, in the order of readout, what calibration takes away: the inverse of the recursion that
 * ACS ISR 2011-05 (D. Golimowski et al.) gives for the correction.
 */
export class BiasShift {
  readonly #decay: number;
  readonly #strength: number;
  readonly #level: number;
  #bias: number;

  /** @param options.level - electrons that the amplifier gives without charge. */
  constructor(name: AmplifierName, { level }: { readonly level: number }) {
    this.#decay = 1 - Math.exp(-1 / (timeConstants[name] * pixelsPerMillisecond));
    this.#strength = strengths[name];
    this.#level = level / (1 - this.#strength * share);
    this.#bias = this.#level * share;
  }

  /** The signal that is read where `signal`, level included, would be read without the shift. */
  read(signal: number): number {
    const drive = this.#decay * share;
    const both = this.#strength + jump;
    const rest = (both * (1 - this.#decay) - jump) * this.#bias;
    const read = (signal + rest) / (1 - both * drive);
    this.#bias = drive * read + (1 - this.#decay) * this.#bias;
    return read;
  }

  /** The pause after each line, in which the level is read. */
  pause(): void {
    const drive = this.#decay * share * this.#level;
    for (let pixel = 0; pixel < gap; pixel += 1) {
      this.#bias = drive + (1 - this.#decay) * this.#bias;
    }
  }
}
