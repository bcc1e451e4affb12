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

interface BlockRow {
  readonly sums: Float32Array;
  readonly counts: Int32Array;
  readonly factor: number;
}

function addRow(row: Float32Array, into: BlockRow): void {
  const { sums, counts, factor } = into;
  const first = addFourAtATime(row, into);
  for (let block = first, x = first * factor; x < row.length; block++) {
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

/**
 * Adds whole blocks, four at a time: each sum waits for the one before it, so four that do not depend on each other take hardly
 * longer than one.
 *
 * @returns the first block that is left.
 */
function addFourAtATime(row: Float32Array, { sums, counts, factor }: BlockRow): number {
  const end = row.length - 4 * factor;
  let block = 0;
  for (let start = 0; start <= end; start += 4 * factor, block += 4) {
    let sum0 = sums[block] ?? 0;
    let sum1 = sums[block + 1] ?? 0;
    let sum2 = sums[block + 2] ?? 0;
    let sum3 = sums[block + 3] ?? 0;
    let [missing0, missing1, missing2, missing3] = [0, 0, 0, 0];
    for (let x = start; x < start + factor; x++) {
      const value0 = row[x] ?? NaN;
      const value1 = row[x + factor] ?? NaN;
      const value2 = row[x + 2 * factor] ?? NaN;
      const value3 = row[x + 3 * factor] ?? NaN;
      if (value0 === value0) sum0 = Math.fround(sum0 + value0);
      else missing0++;
      if (value1 === value1) sum1 = Math.fround(sum1 + value1);
      else missing1++;
      if (value2 === value2) sum2 = Math.fround(sum2 + value2);
      else missing2++;
      if (value3 === value3) sum3 = Math.fround(sum3 + value3);
      else missing3++;
    }
    sums[block] = sum0;
    sums[block + 1] = sum1;
    sums[block + 2] = sum2;
    sums[block + 3] = sum3;
    counts[block] = (counts[block] ?? 0) + factor - missing0;
    counts[block + 1] = (counts[block + 1] ?? 0) + factor - missing1;
    counts[block + 2] = (counts[block + 2] ?? 0) + factor - missing2;
    counts[block + 3] = (counts[block + 3] ?? 0) + factor - missing3;
  }
  return block;
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
