import { emptyFrame, type Frame } from '../frames/frame.ts';

const { fround, sqrt, trunc } = Math;

/** Between which two pixels of an axis a point lies, and how near; single precision. */
interface Place {
  readonly lower: number;
  readonly weightLower: number;
  readonly weightUpper: number;
  /** The pixels whose flags count. */
  readonly flagged: readonly number[];
}

/**
 * Expands two lines of a coarser reference image to the pixels of the science image by bilinear interpolation, within these two
 * lines only: beyond their middles it extrapolates, as calacs does.
 *
 * @param pair - Two lines.
 * @param factors - Science pixels for each reference pixel. @returns `2 * y` lines.
 */
export function unbin(pair: Frame, factors: { readonly x: number; readonly y: number }): Frame {
  const result = emptyFrame(pair.nx * factors.x, pair.ny * factors.y);
  const rows = places(pair.ny, factors.y);
  const columns = places(pair.nx, factors.x);
  for (const [n, row] of rows.entries())
    for (const [m, column] of columns.entries())
      interpolatePixel(pair, { row, column, result, k: n * result.nx + m });
  return result;
}

function places(size: number, factor: number): readonly Place[] {
  const middle = fround((factor - 1) / 2);
  return Array.from({ length: size * factor }, (_, n) =>
    placeOf(fround(fround(n - middle) / factor), size),
  );
}

function placeOf(at: number, size: number): Place {
  const whole = trunc(at);
  const lower = Math.min(Math.max(whole, 0), Math.max(size - 2, 0));
  const weightUpper = fround(at - lower);
  const isSingle = at === whole || at <= 0 || at >= size - 1;
  const nearest = Math.min(Math.max(whole, 0), size - 1);
  return {
    lower,
    weightUpper,
    weightLower: fround(1 - weightUpper),
    flagged: isSingle ? [nearest] : [nearest, nearest + 1],
  };
}

interface PixelOptions {
  readonly row: Place;
  readonly column: Place;
  readonly result: Frame;
  readonly k: number;
}

function interpolatePixel(pair: Frame, { row, column, result, k }: PixelOptions): void {
  const corners = [
    { weight: fround(column.weightLower * row.weightLower), x: 0, y: 0 },
    { weight: fround(column.weightUpper * row.weightLower), x: 1, y: 0 },
    { weight: fround(column.weightLower * row.weightUpper), x: 0, y: 1 },
    { weight: fround(column.weightUpper * row.weightUpper), x: 1, y: 1 },
  ];
  let value = 0;
  let variance = 0;
  for (const { weight, x, y } of corners) {
    const at = (row.lower + y) * pair.nx + column.lower + x;
    const error = pair.err[at] ?? 0;
    value = fround(value + fround(weight * (pair.sci[at] ?? 0)));
    const weighted = fround(weight * error);
    variance = fround(variance + fround(weighted * weighted));
  }
  result.sci[k] = value;
  result.err[k] = sqrt(variance);
  let flags = 0;
  for (const y of row.flagged)
    for (const x of column.flagged) flags |= pair.dq[y * pair.nx + x] ?? 0;
  result.dq[k] = flags;
}
