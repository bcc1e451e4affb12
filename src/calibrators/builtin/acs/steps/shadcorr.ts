import { type Frame, emptyFrame, frameRows } from '../frames/frame.ts';
import { ImsetReader } from '../frames/imset-reader.ts';
import type { StoredImset } from '../frames/plane.ts';
import { divide } from './divide.ts';
import { unbin } from './unbin.ts';

const { fround } = Math;

/** Where the science frame lies in the shading image. */
export interface ShadingGeometry {
  /** First column and line, in pixels of the reference. */
  readonly x0: number;
  readonly y0: number;
  /** Science pixels for each pixel of the reference. */
  readonly factorX: number;
  readonly factorY: number;
  /** Size of the reference. */
  readonly nx: number;
  readonly ny: number;
}

/**
 * SHADCORR: divides by the shading of the shutter, `1 + shading / exposure time`.
 *
 * In and out: electrons. Reference: SHADFILE, seconds, of trimmed size or binned by whole numbers; SCI, ERR and DQ.
 * Source: ACS Data Handbook, "SHADCORR". Holds a few lines of the reference.
 *
 * @param options - `exposureTime`: of one of the combined exposures, seconds, single precision.
 */
export function shadcorr(
  frame: Frame,
  options: {
    readonly shading: StoredImset;
    readonly geometry: ShadingGeometry;
    readonly exposureTime: number;
  },
): void {
  const factor = fround(1 / options.exposureTime);
  for (const { line, shading } of shadingLines(frame, options)) {
    applyFactor(shading, factor);
    divide(frameRows(frame, { y0: line, ny: shading.ny }), shading);
  }
}

/** The shading image in lines and columns of the science frame, a few lines at a time. */
function* shadingLines(
  frame: Frame,
  options: { readonly shading: StoredImset; readonly geometry: ShadingGeometry },
): Generator<{ readonly line: number; readonly shading: Frame }> {
  const { geometry } = options;
  const { factorX, factorY } = geometry;
  const isBinned = factorX > 1 || factorY > 1;
  const x0 = isBinned ? 0 : geometry.x0;
  const reader = new ImsetReader(options.shading, { x0, y0: geometry.y0 });
  const pairLines = 2;
  try {
    for (let line = 0, from = 0; line < frame.ny; line += pairLines * factorY, from += pairLines) {
      const lines = Math.min(pairLines, geometry.ny - geometry.y0 - from);
      const pair = emptyFrame(isBinned ? geometry.nx : frame.nx, lines);
      reader.read(pair, from);
      const wide = isBinned ? unbin(pair, { x: factorX, y: factorY }) : pair;
      const ny = Math.min(wide.ny, frame.ny - line);
      yield { line, shading: section(wide, { x0: isBinned ? geometry.x0 : 0, nx: frame.nx, ny }) };
    }
  } finally {
    reader.close();
  }
}

function section(
  frame: Frame,
  area: { readonly x0: number; readonly nx: number; readonly ny: number },
): Frame {
  const { x0, nx, ny } = area;
  if (x0 === 0 && nx === frame.nx) return frameRows(frame, { y0: 0, ny });
  const result = emptyFrame(nx, ny);
  for (let row = 0; row < ny; row += 1) {
    const start = row * frame.nx + x0;
    result.sci.set(frame.sci.subarray(start, start + nx), row * nx);
    result.err.set(frame.err.subarray(start, start + nx), row * nx);
    result.dq.set(frame.dq.subarray(start, start + nx), row * nx);
  }
  return result;
}

function applyFactor(shading: Frame, factor: number): void {
  const { sci, err } = shading;
  for (let k = 0; k < sci.length; k += 1) {
    sci[k] = 1 + fround((sci[k] ?? 0) * factor);
    err[k] = (err[k] ?? 0) * factor;
  }
}
