import { emptyFrame, type Frame, frameRows } from './frame.ts';
import { rowsPerBlock } from './row-blocks.ts';
import type { Scratch } from './scratch.ts';

/** Reads a scratch file line after line, many at a time. Holds one block of rows; what is written meanwhile is not seen in it. */
export class ScratchLines {
  readonly #scratch: Scratch;
  readonly #block: Frame;
  #first = 0;
  #end = 0;

  constructor(scratch: Scratch) {
    const { nx, ny } = scratch.frame;
    this.#scratch = scratch;
    this.#block = emptyFrame(nx, Math.min(rowsPerBlock(nx), ny));
  }

  /** One line as a frame; it lasts until the next call. */
  line(line: number): Frame {
    if (line < this.#first || line >= this.#end) this.#load(line);
    return frameRows(this.#block, { y0: line - this.#first, ny: 1 });
  }

  #load(line: number): void {
    const ny = Math.min(this.#block.ny, this.#scratch.frame.ny - line);
    this.#scratch.read(frameRows(this.#block, { y0: 0, ny }), line);
    this.#first = line;
    this.#end = line + ny;
  }
}
