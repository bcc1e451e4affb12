import type { Frame } from './frame.ts';
import type { Corner, StoredImset } from './plane.ts';
import { PlaneReader, type RowRange } from './plane-reader.ts';

/** Reads rows of the three arrays of an imset. Holds three file descriptors until `close`. */
export class ImsetReader {
  readonly #sci: PlaneReader;
  readonly #err: PlaneReader;
  readonly #dq: PlaneReader;

  /** @param corner - Where the wanted section starts; default the whole imset. */
  constructor(imset: StoredImset, corner?: Corner) {
    this.#sci = new PlaneReader(imset.sci, corner);
    this.#err = new PlaneReader(imset.err, corner);
    this.#dq = new PlaneReader(imset.dq, corner);
  }

  /** Fills a frame of `ny` rows from the section's row `line` on. */
  read(target: Frame, line: number): void {
    const range: RowRange = { line, lines: target.ny, nx: target.nx };
    this.#sci.readFloats(target.sci, range);
    this.#err.readFloats(target.err, range);
    this.#dq.readFlags(target.dq, range);
  }

  close(): void {
    this.#sci.close();
    this.#err.close();
    this.#dq.close();
  }
}
