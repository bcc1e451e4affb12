import type { ByteSource } from './byte-source.ts';

/** Most bytes of rows that are held at a time. */
const chunkBytes = 1 << 20;
/** Cells further apart than this are read one by one, rows closer together as a whole. */
const farApart = 1 << 16;

/** Which cells: one column of some rows, at a place in the file. */
export interface CellRange {
  /** Of the first row's cell, in bytes from the start of the file. */
  readonly position: number;
  readonly width: number;
  readonly rowBytes: number;
  readonly cells: number;
}

/** Reads the cells of a column without the rest of their rows. Holds them and at most 1 MiB beside. */
export function gatherCells(source: ByteSource, range: CellRange): Buffer {
  const { position, width, rowBytes, cells } = range;
  const gathered = Buffer.allocUnsafe(width * cells);
  if (gathered.length === 0) return gathered;
  if (rowBytes === width) {
    source.read(gathered, { position });
    return gathered;
  }
  const perChunk = rowBytes > farApart ? 1 : Math.max(1, Math.floor(chunkBytes / rowBytes));
  const chunk = Buffer.allocUnsafe((Math.min(perChunk, cells) - 1) * rowBytes + width);
  for (let first = 0; first < cells; first += perChunk) {
    const count = Math.min(perChunk, cells - first);
    const rows = chunk.subarray(0, (count - 1) * rowBytes + width);
    source.read(rows, { position: position + first * rowBytes });
    takeCells(rows, { into: gathered, at: first * width, width, rowBytes });
  }
  return gathered;
}

/** Copies the first `width` bytes of every row. A call of `copy` takes longer than a few bytes do. */
function takeCells(
  rows: Buffer,
  options: {
    readonly into: Buffer;
    readonly at: number;
    readonly width: number;
    readonly rowBytes: number;
  },
): void {
  const { into, width, rowBytes } = options;
  let at = options.at;
  for (let row = 0; row < rows.length; row += rowBytes, at += width) {
    if (width > 64) rows.copy(into, at, row, row + width);
    else for (let byte = 0; byte < width; byte += 1) into[at + byte] = rows[row + byte] ?? 0;
  }
}
