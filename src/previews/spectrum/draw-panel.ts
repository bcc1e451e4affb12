import { drawAxes, drawGrid } from './draw-axes.ts';
import { drawCovers } from './draw-covers.ts';
import { drawLabel } from './draw-label.ts';
import { drawLines } from './draw-lines.ts';
import { drawOrderNames } from './draw-order-names.ts';
import { drawShades } from './draw-shades.ts';
import { flaggedStretches } from './flagged-stretches.ts';
import { airglow } from './flux-range.ts';
import type { PlotBox } from './plot-box.ts';
import { spectrumColors as colors } from './spectrum-colors.ts';
import type { Spectrum } from './spectrum.ts';
import type { SpectrumPanel } from './spectrum-panel.ts';
import { element } from './svg.ts';
import type { AxisRange } from './wavelength-range.ts';

/** Where a panel goes, in pixels. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function drawPanel(panel: SpectrumPanel, place: PanelPlace): string {
  if (panel.flux === undefined) return drawEmptyPanel(panel, place);
  const box: PlotBox = { ...place, wavelength: panel.wavelength, flux: panel.flux };
  return [
    drawShades([airglow], { box, fill: colors.airglow }),
    drawShades(panel.parts.flatMap(flagged), { box, fill: colors.flagged }),
    ...drawGrid(box),
    ...drawLines(panel.parts, { box, colors: colors.lines }),
    ...drawCovers(box),
    ...drawAxes(box),
    ...(panel.parts.length > 1 ? drawOrderNames(panel.parts, box) : []),
    ...titles(panel, place),
  ].join('');
}

function drawEmptyPanel(panel: SpectrumPanel, place: PanelPlace): string {
  const { left, top, width, height } = place;
  const zero = panel.parts.every((part) => part.flux.every((flux) => flux === 0));
  return [
    element('rect', { x: left, y: top, width, height, fill: colors.empty, stroke: colors.frame }),
    drawLabel(zero ? 'Fluxes are all 0.' : 'No flux to scale the axis by.', {
      x: left + width / 2,
      y: top + height / 2,
      size: 20,
      anchor: 'middle',
    }),
    ...titles(panel, place),
  ].join('');
}

function titles(panel: SpectrumPanel, place: PanelPlace): readonly string[] {
  const y = place.top - 8;
  const name = drawLabel(panel.title, {
    x: place.left + place.width / 2,
    y,
    size: 16,
    anchor: 'middle',
  });
  if (!panel.allBad) return [name];
  const right = place.left + place.width;
  const warning = drawLabel('All samples are flagged.', {
    x: right,
    y,
    size: 13,
    anchor: 'end',
    fill: colors.warning,
  });
  return [name, warning];
}

function flagged(part: Spectrum): readonly AxisRange[] {
  return part.bad.every((bad) => bad === 1) ? [] : flaggedStretches(part);
}
