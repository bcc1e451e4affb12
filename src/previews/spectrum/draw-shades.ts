import { placeX, type PlotBox } from './plot-box.ts';
import { element } from './svg.ts';
import type { AxisRange } from './wavelength-range.ts';

/** Draws stretches of wavelength as bars over the whole height of a plot, each at least a pixel wide so that it is seen. */
export function drawShades(
  stretches: readonly AxisRange[],
  { box, fill }: { readonly box: PlotBox; readonly fill: string },
): string {
  const { left, top, width, height } = box;
  const bars = stretches.flatMap(({ low, high }) => {
    const from = Math.round(Math.max(left, placeX(box, low)));
    const to = Math.round(Math.min(left + width, placeX(box, high)));
    return to < left || from > left + width
      ? []
      : [`M${from} ${top}h${Math.max(1, to - from)}v${height}H${from}z`];
  });
  // One path with edges on whole pixels: bars of their own would take the time of the lines of an echelle spectrum.
  return element('path', { d: bars.join(''), fill, 'shape-rendering': 'crispEdges' });
}
