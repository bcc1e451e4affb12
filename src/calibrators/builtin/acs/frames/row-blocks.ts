import { emptyFrame, type Frame, frameRows } from './frame.ts';
import { ImsetReader } from './imset-reader.ts';
import type { Corner, StoredImset } from './plane.ts';

/** Pixels that are worked on at a time: three arrays of them, twice, fit the cache of a CPU core. */
const blockPixels = 65_536;

/** Rows of a science frame and the rows of a reference image that belong to them. */
export interface RowBlock {
  /** First row, counted in the science frame. */
  readonly line: number;
  readonly science: Frame;
  readonly reference: Frame;
}

/** How many rows of this length are worked on at a time. */
export function rowsPerBlock(nx: number): number {
  return Math.max(1, Math.floor(blockPixels / nx));
}

/**
 * Goes through a science frame in blocks of rows beside a section of a reference image; holds one block of the reference.
 * The reference block may be changed: it is read anew each time.
 */
export function* rowBlocks(
  frame: Frame,
  reference: { readonly imset: StoredImset; readonly corner: Corner },
): Generator<RowBlock> {
  const reader = new ImsetReader(reference.imset, reference.corner);
  const rows = Math.min(rowsPerBlock(frame.nx), frame.ny);
  const buffer = emptyFrame(frame.nx, rows);
  try {
    for (let line = 0; line < frame.ny; line += rows) {
      const ny = Math.min(rows, frame.ny - line);
      const block = frameRows(buffer, { y0: 0, ny });
      reader.read(block, line);
      yield { line, science: frameRows(frame, { y0: line, ny }), reference: block };
    }
  } finally {
    reader.close();
  }
}
