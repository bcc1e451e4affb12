import { type Frame } from './frame.ts';

/** Columns and lines that are cut off. */
export interface TrimEdges {
  readonly trimX1: number;
  readonly trimX2: number;
  readonly trimY1: number;
  readonly trimY2: number;
}

/** Cuts the overscan off a frame by moving its rows together: the result uses the same memory, the frame is spent. */
export function trimFrame(frame: Frame, edges: TrimEdges): Frame {
  const nx = frame.nx - edges.trimX1 - edges.trimX2;
  const ny = frame.ny - edges.trimY1 - edges.trimY2;
  for (let row = 0; row < ny; row += 1) {
    const start = (row + edges.trimY1) * frame.nx + edges.trimX1;
    frame.sci.copyWithin(row * nx, start, start + nx);
    frame.err.copyWithin(row * nx, start, start + nx);
    frame.dq.copyWithin(row * nx, start, start + nx);
  }
  const count = nx * ny;
  return {
    nx,
    ny,
    sci: frame.sci.subarray(0, count),
    err: frame.err.subarray(0, count),
    dq: frame.dq.subarray(0, count),
  };
}
