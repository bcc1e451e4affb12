/** The three arrays of one imset, row after row; `ny` rows of `nx` pixels. */
export interface Frame {
  readonly nx: number;
  readonly ny: number;
  /** Science: counts as read out, electrons after BIASCORR. */
  readonly sci: Float32Array;
  /** Error, in the unit of `sci`. */
  readonly err: Float32Array;
  /** Data quality flags. */
  readonly dq: Int16Array;
}

/** Bytes of one pixel of a frame. */
const pixelBytes = 10;

/** A frame of zeros: 10 bytes a pixel. */
export function emptyFrame(nx: number, ny: number): Frame {
  return frameIn(new ArrayBuffer(frameBytes(nx, ny)), { nx, ny });
}

/** Bytes that a frame takes. */
export function frameBytes(nx: number, ny: number): number {
  return nx * ny * pixelBytes;
}

/** A frame in given memory, with what stands there. */
export function frameIn(
  memory: ArrayBufferLike,
  { nx, ny }: { readonly nx: number; readonly ny: number },
): Frame {
  const count = nx * ny;
  return {
    nx,
    ny,
    sci: new Float32Array(memory, 0, count),
    err: new Float32Array(memory, count * Float32Array.BYTES_PER_ELEMENT, count),
    dq: new Int16Array(memory, 2 * count * Float32Array.BYTES_PER_ELEMENT, count),
  };
}

/** The rows `y0` to `y0 + ny - 1` of a frame, sharing its memory. */
export function frameRows(frame: Frame, rows: { readonly y0: number; readonly ny: number }): Frame {
  const start = rows.y0 * frame.nx;
  const end = start + rows.ny * frame.nx;
  return {
    nx: frame.nx,
    ny: rows.ny,
    sci: frame.sci.subarray(start, end),
    err: frame.err.subarray(start, end),
    dq: frame.dq.subarray(start, end),
  };
}
