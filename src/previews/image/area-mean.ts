import type { FloatImage } from './float-image.ts';

/**
 * Resamples an image so that its long axis has `size` pixels: each is the mean of the area it covers, every source pixel
 * weighted by the part of it that lies inside, missing ones left out. A pixel that covers no good one is NaN.
 * Memory: the result and two rows of it.
 */
export function areaMean(image: FloatImage, options: { readonly size: number }): FloatImage {
  const zoom = options.size / Math.max(image.width, image.height);
  const width = Math.max(1, Math.round(image.width * zoom));
  const height = Math.max(1, Math.round(image.height * zoom));
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const pixels = new Float32Array(width * height);
  rows.forEach((row, y) => {
    averageRows(image, { row, columns, into: pixels.subarray(y * width, (y + 1) * width) });
  });
  return { width, height, pixels };
}

/** The part of an axis that one new pixel covers: from `start` to `end`, in old pixels, fractions included. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function spans(length: number, count: number): readonly Span[] {
  const step = length / count;
  return Array.from({ length: count }, (_, index) => ({
    start: index * step,
    end: index + 1 === count ? length : (index + 1) * step,
  }));
}

function averageRows(
  image: FloatImage,
  options: { readonly row: Span; readonly columns: readonly Span[]; readonly into: Float32Array },
): void {
  const { row, columns, into } = options;
  const sums = new Float64Array(into.length);
  const weights = new Float64Array(into.length);
  for (let y = Math.floor(row.start); y < row.end; y++) {
    const height = Math.min(y + 1, row.end) - Math.max(y, row.start);
    if (height <= 0) continue;
    const source = image.pixels.subarray(y * image.width, (y + 1) * image.width);
    columns.forEach(({ start, end }, x) => {
      let sum = 0;
      let weight = 0;
      for (let column = Math.floor(start); column < end; column++) {
        const value = source[column] ?? NaN;
        const part = Math.min(column + 1, end) - Math.max(column, start);
        if (value === value && part > 0) {
          sum += part * value;
          weight += part;
        }
      }
      sums[x] = (sums[x] ?? 0) + height * sum;
      weights[x] = (weights[x] ?? 0) + height * weight;
    });
  }
  into.forEach((_, x) => {
    into[x] = (sums[x] ?? 0) / (weights[x] ?? 0);
  });
}
