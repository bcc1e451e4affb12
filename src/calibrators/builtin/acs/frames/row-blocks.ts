import { type Frame, frameRows } from './frame.ts';

/** Pixels that are worked on at a time: three arrays of them, twice, fit the cache of a CPU core. */
const blockPixels = 65_536;

/** Some rows of a frame. */
export interface RowBlock {
  /** First row, counted in the frame. */
  readonly line: number;
  /** Shares the memory of the frame. */
  readonly rows: Frame;
}

/** How many rows of this length are worked on at a time. */
export function rowsPerBlock(nx: number): number {
  return Math.max(1, Math.floor(blockPixels / nx));
}

/** Goes through a frame in blocks of rows; `isDownward`: from the last one to the first. */
export function* rowBlocks(
  frame: Frame,
  { isDownward = false }: { readonly isDownward?: boolean } = {},
): Generator<RowBlock> {
  const rows = rowsPerBlock(frame.nx);
  const blocks = Math.ceil(frame.ny / rows);
  for (let n = 0; n < blocks; n += 1) {
    const line = (isDownward ? blocks - 1 - n : n) * rows;
    yield { line, rows: frameRows(frame, { y0: line, ny: Math.min(rows, frame.ny - line) }) };
  }
}
