import { type Frame, frameRows } from '../frames/frame.ts';
import { PlaneRows, type PlaneSection } from '../frames/plane-rows.ts';
import type { RowBlock } from '../frames/row-blocks.ts';
import { flagFullWell } from '../steps/fullwell.ts';

/** Which pixels the full-well test looks at, in the untrimmed frame. */
export interface FullWellOptions {
  readonly depths: PlaneSection;
  readonly firstX: number;
  readonly endX: number;
  readonly firstY: number;
  readonly endY: number;
}

/** Does the full-well test block by block. Holds the depths of one block, and a file descriptor until `close`. */
export class FullWellRows {
  readonly #options: FullWellOptions;
  readonly #depths: PlaneRows;

  constructor(options: FullWellOptions) {
    this.#options = options;
    this.#depths = new PlaneRows(options.depths);
  }

  flag({ line, rows }: RowBlock): void {
    const { firstX, endX, firstY, endY } = this.#options;
    const first = Math.max(line, firstY);
    const lines = Math.min(line + rows.ny, endY) - first;
    if (lines <= 0) return;
    const tested: Frame = frameRows(rows, { y0: first - line, ny: lines });
    const depths = this.#depths.read({ line: first, lines, nx: rows.nx });
    flagFullWell(tested, { depths, firstX, endX });
  }

  close(): void {
    this.#depths.close();
  }
}
