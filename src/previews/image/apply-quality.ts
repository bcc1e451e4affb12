import { findHdu, type FitsFile } from '../../fits/fits-file.ts';
import { setFlag } from './flag-bits.ts';
import { openPixelRows, type PixelRows } from './pixel-rows.ts';
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
  const { pixels, flags, offset } = target;
  const weight = companion(file, { name: 'WHT', of: target.plane });
  const quality = companion(file, { name: 'DQ', of: target.plane });
  if (weight.rows !== undefined) {
    forRows(weight.rows, (value, index) => {
      if (value === 0) pixels[offset + index] = NaN;
    });
  }
  if (quality.rows !== undefined) {
    forRows(quality.rows, (value, index) => {
      if (value & qualityFlags.lost) pixels[offset + index] = NaN;
      else if (value & qualityFlags.untrusted) setFlag(flags, offset + index);
    });
  }
  return {
    weighted: weight.rows !== undefined,
    notes: [...weight.notes, ...quality.notes],
  };
}

interface Companion {
  readonly rows?: PixelRows;
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
