import { drawLabel, labelWidth } from './draw-label.ts';
import { placeX, type PlotBox } from './plot-box.ts';
import { spectrumColors as colors } from './spectrum-colors.ts';
import type { NamedSpectrum } from './spectrum.ts';

const size = 11;
const gap = 4;

/**
 * Writes the names of orders above them, inside the plot, in the colours of their lines: neighbours in two rows, so that more find
 * room. A name that would touch the one before it in its row is left out.
 */
export function drawOrderNames(orders: readonly NamedSpectrum[], box: PlotBox): readonly string[] {
  const rows = colors.lines.map((fill, row) => {
    const names = orders
      .filter((_, index) => index % colors.lines.length === row)
      .map(({ name, wavelength }) => ({ name, x: placeX(box, middleOf(wavelength)) }))
      .filter(({ x }) => x > box.left && x < box.left + box.width)
      .sort((one, other) => one.x - other.x);
    let free = box.left;
    return names.flatMap(({ name, x }) => {
      const half = labelWidth(name, { size }) / 2;
      if (x - half < free) return [];
      free = x + half + gap;
      const y = box.top + (row + 1) * (size + 4);
      return [drawLabel(name, { x, y, size, anchor: 'middle', fill })];
    });
  });
  return rows.flat();
}

function middleOf(wavelength: Float64Array): number {
  return ((wavelength[0] ?? NaN) + (wavelength.at(-1) ?? NaN)) / 2;
}
