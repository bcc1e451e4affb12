import type { Spectrum } from './spectrum.ts';
import { trimEdges } from './trim-edges.ts';

const largestCut = 0.1;

/** Cuts the edges of a segment or order off, but never more than a tenth of its samples on either side. Nothing is copied. */
export function cutEdges<Part extends Spectrum>(part: Part): Part {
  const { trusted, any } = trimEdges(part);
  const length = part.flux.length;
  const within = (count: number): boolean => count / length <= largestCut;
  const start = [trusted.start, any.start].find((edge) => within(edge + 1)) ?? 0;
  const end = [trusted.end, any.end].find((edge) => within(-edge)) ?? -1;
  const after = length + end + 1;
  return {
    ...part,
    wavelength: part.wavelength.subarray(start, after),
    flux: part.flux.subarray(start, after),
    error: part.error.subarray(start, after),
    bad: part.bad.subarray(start, after),
  };
}
