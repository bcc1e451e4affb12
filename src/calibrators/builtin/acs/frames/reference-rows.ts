import { emptyFrame, type Frame, frameRows } from './frame.ts';
import { ImsetReader } from './imset-reader.ts';
import type { Corner, StoredImset } from './plane.ts';
import type { RowBlock } from './row-blocks.ts';

/** A section of a reference imset. */
export interface ImsetSection {
  readonly imset: StoredImset;
  readonly corner: Corner;
}

/** Reads the rows of a reference image that belong to blocks of a science frame. Holds one block and file descriptors until `close`. */
export class ReferenceRows {
  readonly #reader: ImsetReader;
  #buffer: Frame | undefined;

  constructor({ imset, corner }: ImsetSection) {
    this.#reader = new ImsetReader(imset, corner);
  }

  /** The rows of the reference, which may be changed: they are read anew each time. They last until the next call. */
  beside({ line, rows }: RowBlock): Frame {
    this.#buffer ??= emptyFrame(rows.nx, rows.ny);
    const block = frameRows(this.#buffer, { y0: 0, ny: rows.ny });
    this.#reader.read(block, line);
    return block;
  }

  close(): void {
    this.#reader.close();
  }
}
