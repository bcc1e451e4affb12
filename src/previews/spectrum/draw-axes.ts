import { axisTicks, type AxisTicks } from './axis-ticks.ts';
import { drawLabel } from './draw-label.ts';
import { placeX, placeY, type PlotBox } from './plot-box.ts';
import { spectrumColors as colors } from './spectrum-colors.ts';
import { element } from './svg.ts';

const tickSize = 6;
const labelSize = 14;

/** Draws the frame of a plot, marks with labels, and the names of both axes with their units. */
export function drawAxes(box: PlotBox): readonly string[] {
  const { left, top, width, height } = box;
  return [
    ...wavelengthAxis(box),
    ...fluxAxis(box),
    element('rect', { x: left, y: top, width, height, fill: 'none', stroke: colors.frame }),
  ];
}

/** Draws a line across the plot at every mark of both axes; it belongs under the data. */
export function drawGrid(box: PlotBox): readonly string[] {
  const { left, top, width, height } = box;
  const upright = wavelengthTicks(box).marks.map(({ value }) => {
    const x = placeX(box, value);
    return line([x, top], [x, top + height], colors.grid);
  });
  const level = fluxTicks(box).marks.map(({ value }) => {
    const y = placeY(box, value);
    return line([left, y], [left + width, y], colors.grid);
  });
  return [...upright, ...level];
}

function wavelengthTicks(box: PlotBox): AxisTicks {
  return axisTicks(box.wavelength, { most: 8 });
}

function fluxTicks(box: PlotBox): AxisTicks {
  return axisTicks(box.flux, { most: box.height > 300 ? 8 : 5 });
}

function wavelengthAxis(box: PlotBox): readonly string[] {
  const bottom = box.top + box.height;
  const { marks } = wavelengthTicks(box);
  const drawn = marks.flatMap(({ value, label }) => {
    const x = placeX(box, value);
    return [
      line([x, bottom], [x, bottom + tickSize], colors.frame),
      drawLabel(label, {
        x,
        y: bottom + tickSize + labelSize,
        size: labelSize,
        anchor: 'middle',
      }),
    ];
  });
  const middle = box.left + box.width / 2;
  const name = drawLabel('Wavelength (Å)', {
    x: middle,
    y: bottom + 40,
    size: 16,
    anchor: 'middle',
  });
  return [...drawn, name];
}

function fluxAxis(box: PlotBox): readonly string[] {
  const { left, top, height } = box;
  const { marks, exponent } = fluxTicks(box);
  const drawn = marks.flatMap(({ value, label }) => {
    const y = placeY(box, value);
    return [
      line([left - tickSize, y], [left, y], colors.frame),
      drawLabel(label, {
        x: left - tickSize - 3,
        y: y + labelSize * 0.36,
        size: labelSize,
        anchor: 'end',
      }),
    ];
  });
  const unit = `Flux (${exponent === 0 ? '' : `10${superscript(exponent)} `}erg s⁻¹ cm⁻² Å⁻¹)`;
  const middle = top + height / 2;
  const name = drawLabel(unit, {
    x: left - 68,
    y: middle,
    size: 15,
    anchor: 'middle',
    isUpright: true,
  });
  return [...drawn, name];
}

function superscript(exponent: number): string {
  const digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
  return Array.from(String(exponent), (digit) =>
    digit === '-' ? '⁻' : (digits[Number(digit)] ?? ''),
  ).join('');
}

type Point = readonly [x: number, y: number];

function line([x1, y1]: Point, [x2, y2]: Point, stroke: string): string {
  return element('line', { x1, y1, x2, y2, stroke, 'stroke-width': 1 });
}
