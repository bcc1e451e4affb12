import { PlaneRows, type PlaneSection } from '../frames/plane-rows.ts';
import type { RowBlock } from '../frames/row-blocks.ts';
import { initialSinkState, sinkcorr, type SinkState } from '../steps/sinkcorr.ts';

export interface SinkOptions {
  readonly map: PlaneSection;
  /** Lines are visited from the first to the last. */
  readonly isUpward: boolean;
}

/** Does SINKCORR block by block, in the order of the read-out. Holds the map of one block, and a file descriptor until `close`. */
export class SinkRows {
  readonly #isUpward: boolean;
  readonly #map: PlaneRows;
  readonly #state: SinkState;

  /** @param nx - Width of the frame. */
  constructor(options: SinkOptions, nx: number) {
    this.#isUpward = options.isUpward;
    this.#map = new PlaneRows(options.map);
    this.#state = initialSinkState(nx);
  }

  flag({ line, rows }: RowBlock): void {
    const { nx, ny } = rows;
    const map = this.#map.read({ line, lines: ny, nx });
    for (let n = 0; n < ny; n += 1) {
      const row = this.#isUpward ? n : ny - 1 - n;
      const start = row * nx;
      sinkcorr(rows, { line: row, map: map.subarray(start, start + nx), state: this.#state });
    }
  }

  close(): void {
    this.#map.close();
  }
}
