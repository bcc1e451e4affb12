import type { Spectrum } from './spectrum.ts';

/** Joins segments or orders into one spectrum, sorted by wavelength. Where they overlap, the samples of all are kept. */
export function stitch(parts: readonly Spectrum[]): Spectrum {
  const wavelength = joined(parts.map((part) => part.wavelength));
  const order = ascending(wavelength);
  const sorted = (arrays: readonly (Float64Array | Uint8Array)[]): Float64Array => {
    const values = joined(arrays);
    return order === undefined
      ? values
      : values.map((_, place) => values[order[place] ?? 0] ?? NaN);
  };
  return {
    wavelength: sorted([wavelength]),
    flux: sorted(parts.map((part) => part.flux)),
    error: sorted(parts.map((part) => part.error)),
    bad: Uint8Array.from(sorted(parts.map((part) => part.bad))),
  };
}

/** The indices in ascending order of the values, or undefined where they are in that order already. */
function ascending(values: Float64Array): readonly number[] | undefined {
  if (values.every((value, index) => index === 0 || value >= (values[index - 1] ?? NaN))) {
    return undefined;
  }
  return Array.from(values.keys()).sort((a, b) => (values[a] ?? NaN) - (values[b] ?? NaN));
}

function joined(arrays: readonly (Float64Array | Uint8Array)[]): Float64Array {
  const all = new Float64Array(arrays.reduce((length, array) => length + array.length, 0));
  let place = 0;
  for (const array of arrays) {
    all.set(array, place);
    place += array.length;
  }
  return all;
}
