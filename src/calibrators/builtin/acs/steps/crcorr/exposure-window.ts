import { ScratchLines } from '../../frames/scratch-lines.ts';
import type { CrExposure } from './exposure.ts';

const { fround } = Math;

/** Marks in a window's mask. They share the values of DQ bits 2, 4 and 8, which calacs therefore takes for marks; reproduced. */
export const marks = { spill: 2, exclude: 4, hit: 8 } as const;

/** The lines of one exposure around the current one: as far as a hit can mark its neighbours. */
export interface WindowLine {
  /** Electrons per second above the sky. */
  readonly rate: Float32Array;
  /** Electrons. */
  readonly err: Float32Array;
  /** DQ flags on which the marks of this iteration are written. */
  readonly mask: Int16Array;
  /** DQ flags as they are in the file. */
  readonly dq: Int16Array;
  /** Squared distance from the average above which a pixel is hit; undefined where it follows from the average at any time. */
  limit: Float32Array | undefined;
}

/** A ring of lines that moves up the frame; holds `2 * reach + 1` lines and one block of rows that are still to come. */
export class ExposureWindow {
  readonly exposure: CrExposure;
  readonly #lines: readonly WindowLine[];
  readonly #source: ScratchLines;

  constructor(exposure: CrExposure, reach: number) {
    this.exposure = exposure;
    this.#source = new ScratchLines(exposure.scratch);
    const { nx } = exposure.scratch.frame;
    this.#lines = Array.from({ length: 2 * reach + 1 }, () => emptyLine(nx));
  }

  /** Reads a line in place of the one that has left the window, and converts its counts to rates. */
  load(line: number): WindowLine {
    const slot = this.line(line);
    const { sci, err, dq } = this.#source.line(line);
    slot.err.set(err);
    slot.dq.set(dq);
    slot.mask.set(dq);
    const { sky, time } = this.exposure;
    const { rate } = slot;
    for (let i = 0; i < rate.length; i += 1) rate[i] = fround((sci[i] ?? 0) - sky) / time;
    return slot;
  }

  line(line: number): WindowLine {
    const slot = this.#lines[line % this.#lines.length];
    if (slot === undefined)
      throw new RangeError(`Expected a line number of 0 or more, got ${line}.`);
    return slot;
  }
}

function emptyLine(nx: number): WindowLine {
  return {
    rate: new Float32Array(nx),
    err: new Float32Array(nx),
    mask: new Int16Array(nx),
    dq: new Int16Array(nx),
    limit: undefined,
  };
}
