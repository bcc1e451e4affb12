import type { Corner, Plane } from './plane.ts';
import { PlaneReader, type RowRange } from './plane-reader.ts';

/** A section of a reference plane. */
export interface PlaneSection {
  readonly plane: Plane;
  readonly corner: Corner;
}

/** Reads rows of a reference plane. Holds those of the last call, and a file descriptor until `close`. */
export class PlaneRows {
  readonly #reader: PlaneReader;
  #buffer = new Float32Array(0);

  constructor({ plane, corner }: PlaneSection) {
    this.#reader = new PlaneReader(plane, corner);
  }

  /** The pixels of some rows of the section; they last until the next call. */
  read(range: RowRange): Float32Array {
    const count = range.lines * range.nx;
    if (this.#buffer.length < count) this.#buffer = new Float32Array(count);
    const rows = this.#buffer.subarray(0, count);
    this.#reader.readFloats(rows, range);
    return rows;
  }

  close(): void {
    this.#reader.close();
  }
}
