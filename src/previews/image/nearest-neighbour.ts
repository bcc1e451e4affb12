import type { FloatImage } from './float-image.ts';
import type { ShrunkImage } from './shrunk-image.ts';

/** Brings the long axis to exactly `size` pixels, each pixel a copy of the nearest one; shrinks and enlarges. */
export function nearestNeighbour(
  image: FloatImage,
  options: { readonly size: number },
): ShrunkImage {
  const zoom = Math.fround(options.size / Math.max(image.width, image.height));
  const wide = image.width > image.height;
  const width = wide ? options.size : Math.max(1, Math.round(zoom * image.width));
  const height = wide ? Math.max(1, Math.round(zoom * image.height)) : options.size;
  const columns = sources(width, { zoom, length: image.width });
  const rows = sources(height, { zoom, length: image.height });
  const pixels = new Float32Array(width * height);
  rows.forEach((sourceRow, y) => {
    columns.forEach((sourceColumn, x) => {
      pixels[y * width + x] = image.pixels[sourceRow * image.width + sourceColumn] ?? NaN;
    });
  });
  return { image: { width, height, pixels }, zoom };
}

function sources(
  count: number,
  options: { readonly zoom: number; readonly length: number },
): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    Math.min(options.length - 1, Math.max(0, Math.round((index + 0.5) / options.zoom - 0.5))),
  );
}
