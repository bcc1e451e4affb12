import type { PlaneRows } from '../../fits/plane-rows.ts';

/** Pixels decoded at a time. */
const chunkPixels = 1 << 17;

/**
 * Hands the rows of a plane over, half a megabyte of values at a time, with the index of their first pixel. The array is used again
 * for the next ones.
 */
export function forRows(rows: PlaneRows, use: (values: Float32Array, start: number) => void): void {
  const step = Math.max(1, Math.floor(chunkPixels / rows.width));
  const buffer = new Float32Array(step * rows.width);
  for (let from = 0; from < rows.height; from += step) {
    const values = buffer.subarray(0, Math.min(step, rows.height - from) * rows.width);
    rows.readInto(values, { from });
    use(values, from * rows.width);
  }
}
