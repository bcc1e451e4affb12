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

/** The part of an axis that one new pixel covers: old pixels from `first` to `last`, those at the ends with the given parts of them. */
interface Span {
  readonly first: number;
  readonly last: number;
  readonly firstPart: number;
  readonly lastPart: number;
}

function spans(length: number, count: number): readonly Span[] {
  const step = length / count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * step;
    const end = index + 1 === count ? length : (index + 1) * step;
    const first = Math.floor(start);
    const last = Math.ceil(end) - 1;
    const firstPart = Math.min(first + 1, end) - start;
    return { first, last, firstPart, lastPart: end - Math.max(last, start) };
  });
}

function averageRows(
  image: FloatImage,
  options: { readonly row: Span; readonly columns: readonly Span[]; readonly into: Float32Array },
): void {
  const { row, columns, into } = options;
  const sums = new Float64Array(into.length);
  const weights = new Float64Array(into.length);
  for (let y = row.first; y <= row.last; y++) {
    const height = y === row.first ? row.firstPart : y === row.last ? row.lastPart : 1;
    const source = image.pixels.subarray(y * image.width, (y + 1) * image.width);
    addRow(source, { columns, height, sums, weights });
  }
  for (let x = 0; x < into.length; x++) into[x] = (sums[x] ?? 0) / (weights[x] ?? 0);
}

function addRow(
  source: Float32Array,
  options: {
    readonly columns: readonly Span[];
    readonly height: number;
    readonly sums: Float64Array;
    readonly weights: Float64Array;
  },
): void {
  const { columns, height, sums, weights } = options;
  for (let x = 0; x < sums.length; x++) {
    const span = columns[x];
    if (span === undefined) continue;
    const { first, last } = span;
    let sum = 0;
    let weight = 0;
    for (let column = first; column <= last; column++) {
      const value = source[column] ?? NaN;
      if (value !== value) continue;
      const part = column === first ? span.firstPart : column === last ? span.lastPart : 1;
      sum += part * value;
      weight += part;
    }
    sums[x] = (sums[x] ?? 0) + height * sum;
    weights[x] = (weights[x] ?? 0) + height * weight;
  }
}
