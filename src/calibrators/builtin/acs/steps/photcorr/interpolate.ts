/** One axis of a table of values. */
export interface Axis {
  /** Ascending. */
  readonly points: readonly number[];
  /** Where the value is wanted. */
  readonly at: number;
}

/**
 * Interpolates linearly along every axis, the first axis, which runs fastest in `values`, first; extrapolates beyond the ends.
 * Double precision, in the order of operations of calacs.
 */
export function interpolate(values: readonly number[], axes: readonly Axis[]): number {
  const cells = axes.map((axis) => ({ axis, ...boundingPoints(axis) }));
  let corners = cornerValues(values, cells);
  for (const { axis, lower, upper } of cells) {
    const [z0 = 0, z1 = 0] = [axis.points[lower], axis.points[upper]];
    corners = pairs(corners).map(([f0, f1]) => f0 + ((axis.at - z0) * (f1 - f0)) / (z1 - z0));
  }
  return corners[0] ?? Number.NaN;
}

interface Cell {
  readonly axis: Axis;
  readonly lower: number;
  readonly upper: number;
}

/** The cell is found by the fractional index of the wanted value, cut to a whole one within the axis. */
function boundingPoints({ points, at }: Axis): { readonly lower: number; readonly upper: number } {
  const last = points.length - 1;
  const [first = 0, end = 0] = [points[0], points[last]];
  const bounds = boundsOf(points, at);
  const [z0 = 0, z1 = 0] = [points[bounds.lower], points[bounds.upper]];
  const fraction = bounds.lower + ((at - z0) * (bounds.upper - bounds.lower)) / (z1 - z0);
  const index = at < first ? 0 : at > end ? last : fraction;
  return boundsOf(
    points.map((_, position) => position),
    Math.floor(index),
  );
}

function boundsOf(
  points: readonly number[],
  at: number,
): { readonly lower: number; readonly upper: number } {
  const last = points.length - 1;
  const above = points.findIndex((point) => point > at);
  if (above < 0 || above === last) return { lower: last - 1, upper: last };
  return above === 0 ? { lower: 0, upper: 1 } : { lower: above - 1, upper: above };
}

function cornerValues(values: readonly number[], cells: readonly Cell[]): readonly number[] {
  let strides = [0];
  let stride = 1;
  for (const { axis, lower, upper } of cells) {
    const [low, high] = [lower * stride, upper * stride];
    strides = [...strides.map((start) => start + low), ...strides.map((start) => start + high)];
    stride *= axis.points.length;
  }
  return strides.map((position) => values[position] ?? Number.NaN);
}

/** Corners come with the first axis fastest. */
function pairs(corners: readonly number[]): readonly (readonly [number, number])[] {
  const result: (readonly [number, number])[] = [];
  for (let k = 0; k + 1 < corners.length; k += 2)
    result.push([corners[k] ?? 0, corners[k + 1] ?? 0]);
  return result;
}
