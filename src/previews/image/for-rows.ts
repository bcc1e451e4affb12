import type { PixelRows } from './pixel-rows.ts';

/** Pixels decoded at a time. */
const chunkPixels = 1 << 17;

/** Calls back with every value of a plane and its index, a megabyte of values at a time. */
export function forRows(rows: PixelRows, use: (value: number, index: number) => void): void {
  const step = Math.max(1, Math.floor(chunkPixels / rows.width));
  const buffer = new Float32Array(step * rows.width);
  for (let from = 0; from < rows.height; from += step) {
    const values = buffer.subarray(0, Math.min(step, rows.height - from) * rows.width);
    rows.readInto(values, { from });
    const start = from * rows.width;
    for (let index = 0; index < values.length; index++) use(values[index] ?? NaN, start + index);
  }
}
