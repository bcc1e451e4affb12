import { pixelColumns, type PixelColumn } from './pixel-columns.ts';
import { placeY, type PlotBox } from './plot-box.ts';
import type { Spectrum } from './spectrum.ts';
import { spectrumColors } from './spectrum-colors.ts';
import { element, pathThrough, tenths } from './svg.ts';

/** More samples a pixel than this are drawn as their spread and their mean. */
const dense = 1.4;
/** A mean is taken over so many samples at least. */
const fewest = 3;

/** What is drawn of one spectrum. */
interface Layers {
  /** Empty where samples are not denser than pixels. */
  readonly spread: readonly string[];
  readonly band: string;
  readonly line: string;
}

/**
 * Draws spectra: error bands and lines; where samples are denser than pixels, their spread as an area and their mean as the
 * line, so that a crowded spectrum is still read as a curve. Areas of all lie below the lines of all: orders overlap.
 *
 * @param options.colors - of the lines, in turn.
 */
export function drawLines(
  spectra: readonly Spectrum[],
  options: { readonly box: PlotBox; readonly colors: readonly string[] },
): readonly string[] {
  const { box, colors } = options;
  const layers = spectra.flatMap((spectrum, index) =>
    drawLayers(spectrum, { box, color: colors[index % colors.length] ?? spectrumColors.text }),
  );
  return [
    ...layers.flatMap(({ spread }) => spread),
    ...layers.map(({ band }) => band),
    ...layers.map(({ line }) => line),
  ];
}

/** Nothing where no sample is finite. */
function drawLayers(
  spectrum: Spectrum,
  { box, color }: { readonly box: PlotBox; readonly color: string },
): readonly Layers[] {
  const fine = pixelColumns(spectrum, { box, width: 1 });
  if (fine.length === 0) return [];
  const density = spectrum.flux.length / fine.length;
  const isDense = density > dense;
  const columns = isDense && density < fewest ? pixelColumns(spectrum, { box, width: 2 }) : fine;
  const band = area(columns, {
    box,
    low: (column) => column.mean - column.meanError,
    high: (column) => column.mean + column.meanError,
    fill: spectrumColors.error,
  });
  if (!isDense) {
    const points = columns.flatMap((column) => trace(column, box));
    return [{ spread: [], band, line: line(points, color) }];
  }
  const spread = area(columns, {
    box,
    low: ({ low }) => low,
    high: ({ high }) => high,
    fill: spectrumColors.spread,
  });
  const means = columns.map(({ x, mean }): Point => [x, placeY(box, mean)]);
  return [{ spread: [spread], band, line: line(means, color) }];
}

type Point = readonly [x: number, y: number];

/** Lines of one pixel with plain joins: rendering them takes half the time of any others. */
function line(points: readonly Point[], stroke: string): string {
  return element('path', {
    d: pathThrough(points),
    fill: 'none',
    stroke,
    'stroke-width': 10,
    ...tenths,
    'stroke-linejoin': 'bevel',
  });
}

function trace(column: PixelColumn, box: PlotBox): readonly Point[] {
  const { x, first, last, low, high } = column;
  if (low === high) return [[x, placeY(box, low)]];
  return [first, low, high, last].map((flux) => [x, placeY(box, flux)]);
}

function area(
  columns: readonly PixelColumn[],
  options: {
    readonly box: PlotBox;
    readonly low: (column: PixelColumn) => number;
    readonly high: (column: PixelColumn) => number;
    readonly fill: string;
  },
): string {
  const { box, low, high, fill } = options;
  const upper = columns.map((column): Point => [column.x, placeY(box, high(column))]);
  const lower = columns.map((column): Point => [column.x, placeY(box, low(column))]).reverse();
  const d = `${pathThrough([...upper, ...lower])}Z`;
  // Smooth edges of these pale areas, as jagged as the samples, would take a third of the time of the whole page.
  return element('path', { d, fill, ...tenths, 'shape-rendering': 'crispEdges' });
}
