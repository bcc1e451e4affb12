import { overshoot, type PlotBox } from './plot-box.ts';
import { element } from './svg.ts';

/**
 * Covers what was drawn above and below a plot. A clipping path would do the same, but costs the renderer more time than
 * all the rest.
 */
export function drawCovers(box: PlotBox): readonly string[] {
  const { left: x, top, width } = box;
  const height = overshoot + 2;
  return [top - height, top + box.height].map((y) =>
    element('rect', { x, y, width, height, fill: 'white' }),
  );
}
