import { drawCovers } from './draw-covers.ts';
import { drawLabel } from './draw-label.ts';
import { drawLines } from './draw-lines.ts';
import { drawPicture } from './draw-picture.ts';
import type { PlotBox } from './plot-box.ts';
import { spectrumColors as colors } from './spectrum-colors.ts';
import type { SpectrumPanel } from './spectrum-panel.ts';
import { element } from './svg.ts';

const size = 128;
const plot = { left: 6, top: 6, width: 116, height: 100 } as const;

/** Composes the thumbnail, 128 by 128: the line, and the wavelengths at its ends. */
export function drawSpectrumThumb(panel: SpectrumPanel): string {
  return drawPicture(
    panel.flux === undefined ? empty(panel) : drawn(panel, { ...plot, ...panel, flux: panel.flux }),
    { size },
  );
}

function empty(panel: SpectrumPanel): readonly string[] {
  const text = panel.parts.every((part) => part.flux.every((flux) => flux === 0))
    ? 'all 0'
    : 'no flux';
  return [frame(colors.empty), drawLabel(text, { x: size / 2, y: 60, size: 14, anchor: 'middle' })];
}

function drawn(panel: SpectrumPanel, box: PlotBox): readonly string[] {
  const { left, top, width, height } = plot;
  const { lowest, highest } = endsOf(panel);
  const label = { y: top + height + 15, size: 12 };
  return [
    ...drawLines(panel.parts, { box, colors: colors.lines.slice(0, 1) }),
    ...drawCovers(box),
    frame('none'),
    drawLabel(lowest.toFixed(0), { ...label, x: left }),
    drawLabel(`${highest.toFixed(0)} Å`, { ...label, x: left + width, anchor: 'end' }),
  ];
}

function endsOf(panel: SpectrumPanel): { readonly lowest: number; readonly highest: number } {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const { wavelength } of panel.parts) {
    for (let index = 0; index < wavelength.length; index++) {
      const at = wavelength[index] ?? NaN;
      if (at < lowest && at > -Infinity) lowest = at;
      if (at > highest && at < Infinity) highest = at;
    }
  }
  return { lowest, highest };
}

function frame(fill: string): string {
  return element('rect', {
    x: plot.left,
    y: plot.top,
    width: plot.width,
    height: plot.height,
    fill,
    stroke: colors.frame,
  });
}
