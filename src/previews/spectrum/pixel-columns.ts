import { placeX, type PlotBox } from './plot-box.ts';
import type { Spectrum } from './spectrum.ts';

/** What consecutive samples that fall into one column of the picture have in common. */
export interface PixelColumn {
  /** Horizontal place of the middle of its samples. */
  readonly x: number;
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly meanError: number;
}

/**
 * Gathers the samples of a spectrum by the column of the picture that they are drawn in. Samples that are not finite are left out.
 *
 * @param options.width - of a column, in pixels.
 */
export function pixelColumns(
  spectrum: Spectrum,
  options: { readonly box: PlotBox; readonly width: number },
): readonly PixelColumn[] {
  const { box, width } = options;
  const columns: PixelColumn[] = [];
  for (let start = 0; start < spectrum.flux.length;) {
    const { column, end } = gather(spectrum, { box, width, start });
    if (column !== undefined) columns.push(column);
    start = end;
  }
  return columns;
}

/** Gathers the samples from `start` to the next that falls into another column. */
function gather(
  spectrum: Spectrum,
  options: { readonly box: PlotBox; readonly width: number; readonly start: number },
): { readonly column: PixelColumn | undefined; readonly end: number } {
  const { box, width, start } = options;
  const { wavelength } = spectrum;
  const number = Math.floor(placeX(box, wavelength[start] ?? NaN) / width);
  let [count, x, sum, errors] = [0, 0, 0, 0];
  let [first, last, low, high] = [NaN, NaN, Infinity, -Infinity];
  let end = start;
  for (; end < wavelength.length; end++) {
    const place = placeX(box, wavelength[end] ?? NaN);
    if (end > start && Math.floor(place / width) !== number) break;
    const flux = spectrum.flux[end] ?? NaN;
    if (!Number.isFinite(flux) || !Number.isFinite(place)) continue;
    const error = spectrum.error[end] ?? NaN;
    if (count === 0) first = flux;
    count++;
    x += place;
    sum += flux;
    if (Number.isFinite(error)) errors += error;
    last = flux;
    low = Math.min(low, flux);
    high = Math.max(high, flux);
  }
  if (count === 0) return { column: undefined, end };
  const [mean, meanError] = [sum / count, errors / count];
  return { column: { x: x / count, first, last, low, high, mean, meanError }, end };
}
