import type { Frame } from '../../frames/frame.ts';
import type { AmpName } from '../quadrants.ts';
import type { AmpView } from './amp-view.ts';
import { overscanColumnModel } from './destripe-columns.ts';
import { goodRows, modelledOverscan } from './destripe-rows.ts';
import { overscanLevel } from './overscan-level.ts';
import { type AmpStripes, ampStripes } from './stripes.ts';

/** Pixels that pass while the read-out shifts a line. */
const gapPixels = 146;
/** The column, among the 24 of the overscan, whose time the row mean stands for. */
const middleColumn = 11.5;
/** The first column that is read after that time. */
const firstLateColumn = Math.ceil(middleColumn);

/** What was measured on one amplifier before the stripes can be subtracted. */
export interface AmpDestripe {
  readonly amp: AmpName;
  /** Structure of the overscan columns, electrons. */
  readonly columnModel: Float64Array;
  /** Bias level that is left after the bias shift, electrons. */
  readonly level: number;
  readonly stripes: AmpStripes;
}

/**
 * BLEVCORR of the WFC after May 2009, third part, measurement: bias level and stripes of one amplifier, from its overscan.
 *
 * In: electrons. No reference. Source: ACS ISR 2011-05 (Grogin et al.), "Post-SM4 WFC bias striping".
 * Double precision throughout; the frame is not changed.
 */
export function measureAmp(frame: Frame, view: AmpView): AmpDestripe {
  const columnModel = overscanColumnModel(frame, view);
  const amp = { frame, view, columnModel };
  const overscan = modelledOverscan(amp);
  const good = goodRows(amp, overscan);
  const level = overscanLevel(overscan, good);
  return { amp: view.amp, columnModel, level, stripes: ampStripes(overscan, { level, good }) };
}

/**
 * BLEVCORR of the WFC after May 2009, third part: subtracts column model, bias level and stripes of one amplifier.
 * The stripe of a pixel is interpolated between rows by the time at which the pixel was read.
 */
export class StripeRemover {
  readonly #view: AmpView;
  readonly #stripes: Float64Array;
  readonly #level: number;
  /** Electrons, for every column. */
  readonly #model: Float64Array;
  /** When a column is read, in rows after the time of the row mean. */
  readonly #delay: Float64Array;

  /** @param options - `stripes`: electrons for each row, of all four amplifiers together. */
  constructor(
    view: AmpView,
    options: { readonly measured: AmpDestripe; readonly stripes: Float64Array },
  ) {
    const { columnModel, level } = options.measured;
    this.#view = view;
    this.#stripes = options.stripes;
    this.#level = level;
    this.#model = new Float64Array(view.columns);
    this.#model.set(columnModel);
    const period = view.columns + gapPixels;
    this.#delay = this.#model.map((_, c) => (c - middleColumn) / period);
  }

  /** Corrects some lines of the frame. */
  subtract({ sci }: Frame, block: { readonly line: number; readonly lines: number }): void {
    const { rows, rowStep, origin, columns } = this.#view;
    const lastRow = rows - 2;
    for (let line = block.line; line < block.line + block.lines; line += 1) {
      const row = rowStep > 0 ? line : rows - 1 - line;
      const start = origin + row * rowStep;
      const [early, late] = [Math.min(Math.max(row - 1, 0), lastRow), Math.min(row, lastRow)];
      this.#subtract(sci, { start, row, lower: early, first: 0, end: firstLateColumn });
      this.#subtract(sci, { start, row, lower: late, first: firstLateColumn, end: columns });
    }
  }

  /** Subtracts the stripe that lies between the rows `lower` and `lower + 1` from the columns `first` to `end - 1` of a row. */
  #subtract(
    sci: Float32Array,
    part: {
      /** Position of the column that is read first. */
      readonly start: number;
      readonly row: number;
      readonly lower: number;
      readonly first: number;
      readonly end: number;
    },
  ): void {
    const { row, lower, end } = part;
    const step = this.#view.columnStep;
    const level = this.#level;
    const model = this.#model;
    const delay = this.#delay;
    const before = this.#stripes[lower] ?? 0;
    const rise = (this.#stripes[lower + 1] ?? 0) - before;
    for (let c = part.first, k = part.start + c * step; c < end; c += 1, k += step) {
      const stripe = before + (row + (delay[c] ?? 0) - lower) * rise;
      sci[k] = (sci[k] ?? 0) - (model[c] ?? 0) - level - stripe;
    }
  }
}
