import { goodSamples } from './good-samples.ts';
import type { Spectrum } from './spectrum.ts';

/** The first and the last sample worth looking at; `end` counts from the end, -1 being the last sample. */
export interface Edges {
  readonly start: number;
  readonly end: number;
}

const endSamples = 100;
const consecutive = 20;

/**
 * Finds where a spectrum begins and ends: at the first and the last run of 20 good samples. Looks at the outermost 100 samples of
 * either side first, at all of them where these have no run. The rule of `spec_plots`.
 *
 * @returns the edges with regard to data quality and without.
 */
export function trimEdges(spectrum: Spectrum): { readonly trusted: Edges; readonly any: Edges } {
  const good = goodSamples(spectrum);
  return { trusted: edgesOf(good.trusted), any: edgesOf(good.any) };
}

function edgesOf(good: Uint8Array): Edges {
  const near = outerEdges(good);
  if (near.start < endSamples && near.end >= -(endSamples - 1)) return near;
  const indices = indicesOf(good);
  return runs(indices, good.length) ?? { start: 0, end: -1 };
}

function outerEdges(good: Uint8Array): Edges {
  const length = good.length;
  const ends = Buffer.concat([good.subarray(0, endSamples), good.subarray(-endSamples)]);
  const indices = indicesOf(ends).map((index) =>
    index < endSamples ? index : index + length - 2 * endSamples,
  );
  if (indices.length === 0) return { start: endSamples, end: -(2 * endSamples + 1) };
  return runs(indices, length) ?? { start: length, end: -length };
}

function indicesOf(good: Uint8Array): readonly number[] {
  const indices: number[] = [];
  for (let index = 0; index < good.length; index++) {
    if (good[index] === 1) indices.push(index);
  }
  return indices;
}

/** The first and the last run among ascending indices. */
function runs(indices: readonly number[], length: number): Edges | undefined {
  const further = consecutive - 1;
  const isStart = (place: number): boolean =>
    indices[place + further] === (indices[place] ?? NaN) + further;
  let first = 0;
  let last = indices.length - consecutive;
  while (first <= last && !isStart(first)) first++;
  while (first < last && !isStart(last)) last--;
  const [start, lastStart] = [indices[first], indices[last]];
  if (first > last || start === undefined || lastStart === undefined) return undefined;
  return { start, end: lastStart - length + further };
}
