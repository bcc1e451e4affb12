import type { PhotometryRow, PhotometryTable } from '../../tables/imphttab.ts';
import { type Axis, interpolate } from './interpolate.ts';
import type { Obsmode } from './obsmode.ts';

/** Marks a value that would need an extrapolation that the table does not allow. */
export const notCovered = -9999;

/** One evaluated column of the photometry table. */
export interface PhotometryValue {
  readonly value: number;
  /** Lines that calacs prints about it. */
  readonly notes: readonly string[];
}

/**
 * PHOTCORR: the photometric keyword that a table row gives for an observing mode, interpolated in the row's parameters (date,
 * ramp wavelength).
 *
 * Reference: IMPHTTAB. Source: ACS Data Handbook, "PHOTCORR"; units are those of the keyword (PHOTFLAM in erg/cm2/A/electron,
 * PHOTPLAM and PHOTBW in angstrom).
 */
export function photometryValue(
  row: PhotometryRow,
  options: { readonly obsmode: Obsmode; readonly table: PhotometryTable },
): PhotometryValue {
  if (row.kind === 'scalar') return { value: row.value, notes: [] };
  const { obsmode, table } = options;
  const notes: string[] = [];
  const axes: Axis[] = [];
  for (const [index, parameter] of row.parameters.entries()) {
    const at = obsmode.parameters.find(({ name }) =>
      name.startsWith(parameter.name.toLowerCase()),
    )?.value;
    if (at === undefined || at === 0)
      return { value: 0, notes: [...notes, `ERROR: No obsmode value found for ${parameter.name}`] };
    if (!isInside(at, parameter.points)) {
      const isDate = obsmode.parameters[index]?.name === 'mjd#';
      if (!table.extrapolates || !isDate) return { value: notCovered, notes };
      notes.push('Extrapolation of the photometry beyond the dates of IMPHTTAB.');
    }
    axes.push({ points: parameter.points, at });
  }
  return { value: interpolate(row.values, axes), notes };
}

function isInside(value: number, points: readonly number[]): boolean {
  const [first = Number.NaN, last = Number.NaN] = [points[0], points.at(-1)];
  return value >= first && value <= last;
}
