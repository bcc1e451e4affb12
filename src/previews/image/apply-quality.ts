import { findHdu, type FitsFile } from '../../fits/fits-file.ts';
import { setFlag } from './flag-bits.ts';
import { openPixelRows } from './open-pixel-rows.ts';
import type { PlaneRows } from '../../fits/plane-rows.ts';
import { qualityFlags } from './quality-flags.ts';
import { forRows } from './for-rows.ts';
import type { SciencePlane } from './science-planes.ts';

/** An image, one plane of which begins at `offset`, and a bit for each pixel. */
export interface QualityTarget {
  readonly plane: SciencePlane;
  readonly pixels: Float32Array;
  readonly flags: Uint8Array;
  readonly offset: number;
}

/**
 * Heeds the arrays beside a science extension: makes pixels missing that have no weight (WHT) or whose measurement was lost (DQ),
 * and flags those that are not to be trusted (DQ).
 *
 * @returns whether there are weights, and what was not heeded and why.
 */
export function applyQuality(
  file: FitsFile,
  target: QualityTarget,
): { readonly weighted: boolean; readonly notes: readonly string[] } {
  const weight = companion(file, { name: 'WHT', of: target.plane });
  const quality = companion(file, { name: 'DQ', of: target.plane });
  if (weight.rows !== undefined) {
    forRows(weight.rows, (values, start) => {
      applyWeights(values, { ...target, start: target.offset + start });
    });
  }
  if (quality.rows !== undefined) {
    forRows(quality.rows, (values, start) => {
      applyFlags(values, { ...target, start: target.offset + start });
    });
  }
  return {
    weighted: weight.rows !== undefined,
    notes: [...weight.notes, ...quality.notes],
  };
}

type Portion = QualityTarget & { readonly start: number };

function applyWeights(weights: Float32Array, { pixels, start }: Portion): void {
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) pixels[start + index] = NaN;
  }
}

function applyFlags(quality: Float32Array, { pixels, flags, start }: Portion): void {
  for (let index = 0; index < quality.length; index++) {
    const value = quality[index] ?? 0;
    if (value === 0) continue;
    if (value & qualityFlags.lost) pixels[start + index] = NaN;
    else if (value & qualityFlags.untrusted) setFlag(flags, start + index);
  }
}

interface Companion {
  readonly rows?: PlaneRows;
  readonly notes: readonly string[];
}

function companion(
  file: FitsFile,
  options: { readonly name: string; readonly of: SciencePlane },
): Companion {
  const { name, of } = options;
  const { version } = of.hdu;
  const hdu = findHdu(file, { name, version });
  const rows = hdu === undefined ? undefined : openPixelRows(file, hdu);
  if (rows === undefined) return { notes: [] };
  if (rows.width === of.rows.width && rows.height === of.rows.height) return { rows, notes: [] };
  const note = `\`${name},${version}\` has another size than \`SCI,${version}\` and was not heeded.`;
  return { notes: [note] };
}
