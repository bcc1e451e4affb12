import type { AxisRange } from './wavelength-range.ts';

/** A rectangle of the picture, in pixels, and what its sides stand for. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly wavelength: AxisRange;
  readonly flux: AxisRange;
}

/** The horizontal place of a wavelength. */
export function placeX(box: PlotBox, wavelength: number): number {
  const { low, high } = box.wavelength;
  return box.left + (box.width * (wavelength - low)) / (high - low);
}

/** How far above and below the box things may be drawn, in pixels; what is there gets covered. */
export const overshoot = 20;

/** The vertical place of a flux, held just outside the box where it is further away. */
export function placeY(box: PlotBox, flux: number): number {
  const { low, high } = box.flux;
  const place = box.top + box.height - (box.height * (flux - low)) / (high - low);
  return Math.min(box.top + box.height + overshoot, Math.max(box.top - overshoot, place));
}
