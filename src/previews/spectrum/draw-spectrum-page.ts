import { drawLabel, labelWidth } from './draw-label.ts';
import { drawPanel } from './draw-panel.ts';
import { drawPicture } from './draw-picture.ts';
import { spectrumColors as colors } from './spectrum-colors.ts';
import type { SpectrumPanel } from './spectrum-panel.ts';
import { element } from './svg.ts';

const size = 1024;
const plot = { left: 112, right: 994, top: 100, bottom: 950, gap: 88 } as const;

/** What stands above the panels. */
export interface PageTitle {
  /** The name of the file. */
  readonly name: string;
  /** Target, instrument, optical element, exposure time: what the headers say. */
  readonly details: string;
}

/** Composes the large preview, 1024 by 1024: title, one panel below the other, legend. */
export function drawSpectrumPage(panels: readonly SpectrumPanel[], title: PageTitle): string {
  const step = (plot.bottom - plot.top + plot.gap) / panels.length;
  const drawn = panels.map((panel, index) =>
    drawPanel(panel, {
      left: plot.left,
      top: plot.top + index * step,
      width: plot.right - plot.left,
      height: step - plot.gap,
    }),
  );
  const middle = { x: size / 2, anchor: 'middle' } as const;
  return drawPicture(
    [
      drawLabel(title.name, { ...middle, y: 34, size: 24 }),
      drawLabel(title.details, { ...middle, y: 60, size: 15 }),
      ...drawn,
      drawLegend(),
    ],
    { size },
  );
}

function drawLegend(): string {
  const entries = [
    ['flux, or its mean where samples are denser than pixels', colors.lines[0]],
    ['spread', colors.spread],
    ['± error', colors.error],
    ['flagged', colors.flagged],
    ['airglow', colors.airglow],
  ] as const;
  let x: number = plot.left;
  const drawn = entries.flatMap(([name, fill]) => {
    const swatch = element('rect', {
      x,
      y: 1001,
      width: 18,
      height: 11,
      fill,
      stroke: colors.grid,
    });
    const label = drawLabel(name, { x: x + 24, y: 1011, size: 12 });
    x += 24 + labelWidth(name, { size: 12 }) + 28;
    return [swatch, label];
  });
  return drawn.join('');
}
