import type { FloatImage } from './float-image.ts';

/**
 * Shrinks an image to the means of its blocks of `factor` by `factor` pixels; blocks at the right and upper edge may be partial.
 * Sums are single precision, row by row from the left, because that is what decides the last bit of a mean.
 * A block without a pixel, or whose mean is the missing value or overflows, is NaN.
 */
export function blockMean(
  image: FloatImage,
  options: { readonly factor: number; readonly missing: number },
): FloatImage {
  const { factor, missing } = options;
  const width = Math.floor((image.width - 1) / factor) + 1;
  const height = Math.floor((image.height - 1) / factor) + 1;
  const pixels = new Float32Array(width * height);
  const counts = new Int32Array(width);
  for (let row = 0; row < height; row++) {
    const sums = pixels.subarray(row * width, (row + 1) * width);
    counts.fill(0);
    const end = Math.min(image.height, (row + 1) * factor);
    for (let y = row * factor; y < end; y++) {
      addRow(image.pixels.subarray(y * image.width, (y + 1) * image.width), {
        sums,
        counts,
        factor,
      });
    }
    divide(sums, { counts, missing });
  }
  return { width, height, pixels };
}

function addRow(
  row: Float32Array,
  into: {
    readonly sums: Float32Array;
    readonly counts: Int32Array;
    readonly factor: number;
  },
): void {
  const { sums, counts, factor } = into;
  for (let block = 0, x = 0; x < row.length; block++) {
    const end = Math.min(row.length, x + factor);
    let sum = sums[block] ?? 0;
    let count = counts[block] ?? 0;
    for (; x < end; x++) {
      const value = row[x] ?? NaN;
      if (value === value) {
        sum = Math.fround(sum + value);
        count++;
      }
    }
    sums[block] = sum;
    counts[block] = count;
  }
}

function divide(
  sums: Float32Array,
  options: { readonly counts: Int32Array; readonly missing: number },
): void {
  for (let block = 0; block < sums.length; block++) {
    const mean = Math.fround((sums[block] ?? 0) / (options.counts[block] ?? 0));
    sums[block] = Number.isFinite(mean) && mean !== options.missing ? mean : NaN;
  }
}
