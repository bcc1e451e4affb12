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
 * @param options.place - the horizontal place of a wavelength, in pixels.
 * @param options.width - of a column, in pixels.
 */
export function pixelColumns(
  spectrum: Spectrum,
  options: { readonly place: (wavelength: number) => number; readonly width: number },
): readonly PixelColumn[] {
  const { flux } = spectrum;
  const places = spectrum.wavelength.map((wavelength) => options.place(wavelength));
  const columns: PixelColumn[] = [];
  for (let start = 0; start < flux.length;) {
    const column = Math.floor((places[start] ?? NaN) / options.width);
    let end = start + 1;
    while (end < flux.length && Math.floor((places[end] ?? NaN) / options.width) === column) end++;
    const gathered = gather(spectrum, { places, start, end });
    if (gathered !== undefined) columns.push(gathered);
    start = end;
  }
  return columns;
}

function gather(
  spectrum: Spectrum,
  options: { readonly places: Float64Array; readonly start: number; readonly end: number },
): PixelColumn | undefined {
  const { places, start, end } = options;
  let [count, x, sum, errors] = [0, 0, 0, 0];
  let [first, last, low, high] = [NaN, NaN, Infinity, -Infinity];
  for (let index = start; index < end; index++) {
    const place = places[index] ?? NaN;
    const flux = spectrum.flux[index] ?? NaN;
    if (!Number.isFinite(flux) || !Number.isFinite(place)) continue;
    const error = spectrum.error[index] ?? NaN;
    if (count === 0) first = flux;
    count++;
    x += place;
    sum += flux;
    if (Number.isFinite(error)) errors += error;
    last = flux;
    low = Math.min(low, flux);
    high = Math.max(high, flux);
  }
  if (count === 0) return undefined;
  return { x: x / count, first, last, low, high, mean: sum / count, meanError: errors / count };
}
