import {
  type ConstantArrays,
  constantArrays,
  settleConstantError,
} from '../frames/constant-array.ts';
import type { Frame } from '../frames/frame.ts';
import { rowBlocks } from '../frames/row-blocks.ts';
import { type ScratchFrame, writeScratch } from '../frames/scratch.ts';
import { type TrimEdges, trimFrame } from '../frames/trim.ts';
import { ampView } from '../steps/blevcorr/amp-view.ts';
import { type AmpDestripe, StripeRemover } from '../steps/blevcorr/destripe.ts';
import { initializeError } from '../steps/noise.ts';
import type { Quadrants } from '../steps/quadrants.ts';
import type { FrameStore } from './frame-store.ts';
import { type FullWellOptions, FullWellRows } from './full-well-rows.ts';
import { type SinkOptions, SinkRows } from './sink-rows.ts';

export interface FinishCcdOptions {
  readonly name: string;
  readonly destripe:
    { readonly measured: readonly AmpDestripe[]; readonly stripes: Float64Array } | undefined;
  readonly fullWell: FullWellOptions | undefined;
  readonly readNoise: Quadrants;
  /** Whether the exposure is a bias frame. */
  readonly isBias: boolean;
  readonly sink: SinkOptions | undefined;
  readonly trim: TrimEdges | undefined;
  /** Where the frame goes; default it stays in memory. */
  readonly scratch: string | undefined;
}

export interface FinishCcdResult {
  readonly constants: ConstantArrays;
  readonly scratch: ScratchFrame | undefined;
}

/** The rest of ACSCCD for one chip: stripes, full well, noise, SINKCORR, trimming. */
export function finishCcd(store: FrameStore, options: FinishCcdOptions): FinishCcdResult {
  const frame = store.take(options.name);
  finishRows(frame, options);
  const first = { err: frame.err[0] ?? 0, dq: frame.dq[0] ?? 0 };
  const trimmed = options.trim === undefined ? frame : trimFrame(frame, options.trim);
  const constants = constantArrays(trimmed, first);
  settleConstantError(trimmed, constants);
  if (options.scratch !== undefined) {
    const scratch = writeScratch(options.scratch, trimmed);
    store.release(trimmed);
    return { constants, scratch };
  }
  store.put(options.name, trimmed);
  return { constants, scratch: undefined };
}

/** Block by block, while the rows are in the cache. */
function finishRows(frame: Frame, options: FinishCcdOptions): void {
  const stripes = stripeRemovers(frame, options);
  const fullWell = options.fullWell === undefined ? undefined : new FullWellRows(options.fullWell);
  const sink = options.sink === undefined ? undefined : new SinkRows(options.sink, frame.nx);
  try {
    for (const block of rowBlocks(frame, { isDownward: options.sink?.isUpward === false })) {
      const { line, rows } = block;
      for (const amp of stripes) amp.subtract(frame, { line, lines: rows.ny });
      fullWell?.flag(block);
      initializeError(rows, { readNoise: options.readNoise, isBias: options.isBias, line });
      sink?.flag(block);
    }
  } finally {
    fullWell?.close();
    sink?.close();
  }
}

function stripeRemovers(frame: Frame, { destripe }: FinishCcdOptions): readonly StripeRemover[] {
  if (destripe === undefined) return [];
  const { measured, stripes } = destripe;
  return measured.map((amp) => {
    const view = ampView(frame, { amp: amp.amp, columns: frame.nx / 2 });
    return new StripeRemover(view, { measured: amp, stripes });
  });
}
