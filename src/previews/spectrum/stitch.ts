import { ascendingOrder } from './ascending-order.ts';
import type { Spectrum } from './spectrum.ts';

/** Joins segments or orders into one spectrum, sorted by wavelength. Where they overlap, the samples of all are kept. */
export function stitch(parts: readonly Spectrum[]): Spectrum {
  const length = parts.reduce((sum, { flux }) => sum + flux.length, 0);
  const all: Spectrum = {
    wavelength: join(
      parts.map((part) => part.wavelength),
      new Float64Array(length),
    ),
    flux: join(
      parts.map((part) => part.flux),
      new Float64Array(length),
    ),
    error: join(
      parts.map((part) => part.error),
      new Float64Array(length),
    ),
    bad: join(
      parts.map((part) => part.bad),
      new Uint8Array(length),
    ),
  };
  const order = ascendingOrder(all.wavelength);
  if (order === undefined) return all;
  return {
    wavelength: arrange(all.wavelength, { order, into: new Float64Array(length) }),
    flux: arrange(all.flux, { order, into: new Float64Array(length) }),
    error: arrange(all.error, { order, into: new Float64Array(length) }),
    bad: arrange(all.bad, { order, into: new Uint8Array(length) }),
  };
}

type Values = Float64Array | Uint8Array;

function join<Joined extends Values>(arrays: readonly Joined[], into: Joined): Joined {
  let place = 0;
  for (const array of arrays) {
    into.set(array, place);
    place += array.length;
  }
  return into;
}

function arrange<Arranged extends Values>(
  values: Arranged,
  { order, into }: { readonly order: Uint32Array; readonly into: Arranged },
): Arranged {
  for (let place = 0; place < order.length; place++) {
    into[place] = values[order[place] ?? 0] ?? NaN;
  }
  return into;
}
