import {
  type ConstantArrays,
  constantArrays,
  settleConstantError,
} from '../frames/constant-array.ts';
import { type Frame, frameRows } from '../frames/frame.ts';
import type { Corner, Plane } from '../frames/plane.ts';
import { PlaneReader } from '../frames/plane-reader.ts';
import { rowsPerBlock } from '../frames/row-blocks.ts';
import { type ScratchFrame, writeScratch } from '../frames/scratch.ts';
import { type TrimEdges, trimFrame } from '../frames/trim.ts';
import { ampView } from '../steps/blevcorr/amp-view.ts';
import { type AmpDestripe, removeStripes } from '../steps/blevcorr/destripe.ts';
import { flagFullWell } from '../steps/fullwell.ts';
import { initializeError } from '../steps/noise.ts';
import type { Quadrants } from '../steps/quadrants.ts';
import { initialSinkState, sinkcorr } from '../steps/sinkcorr.ts';
import type { FrameStore } from './frame-store.ts';

/** A section of a reference plane. */
export interface PlaneSection {
  readonly plane: Plane;
  readonly corner: Corner;
}

/** Which pixels the full-well test looks at, in the untrimmed frame. */
export interface FullWellOptions {
  readonly depths: PlaneSection;
  readonly firstX: number;
  readonly endX: number;
  readonly firstY: number;
  readonly endY: number;
}

export interface FinishCcdOptions {
  readonly name: string;
  readonly destripe:
    { readonly measured: readonly AmpDestripe[]; readonly stripes: Float64Array } | undefined;
  readonly fullWell: FullWellOptions | undefined;
  readonly readNoise: Quadrants;
  /** Whether the exposure is a bias frame. */
  readonly isBias: boolean;
  /** `isUpward`: lines are visited from the first to the last. */
  readonly sink: { readonly map: PlaneSection; readonly isUpward: boolean } | undefined;
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
  if (options.destripe !== undefined) destripe(frame, options.destripe);
  if (options.fullWell !== undefined) applyFullWell(frame, options.fullWell);
  initializeError(frame, { readNoise: options.readNoise, isBias: options.isBias, line: 0 });
  if (options.sink !== undefined) applySink(frame, options.sink);
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

function destripe(
  frame: Frame,
  options: { readonly measured: readonly AmpDestripe[]; readonly stripes: Float64Array },
): void {
  for (const measured of options.measured) {
    const view = ampView(frame, { amp: measured.amp, columns: frame.nx / 2 });
    removeStripes(frame, { view, measured, stripes: options.stripes });
  }
}

function applyFullWell(frame: Frame, options: FullWellOptions): void {
  const reader = new PlaneReader(options.depths.plane, options.depths.corner);
  const rows = Math.min(rowsPerBlock(frame.nx), frame.ny);
  const depths = new Float32Array(rows * frame.nx);
  try {
    for (let line = options.firstY; line < options.endY; line += rows) {
      const ny = Math.min(rows, options.endY - line);
      reader.readFloats(depths, { line, lines: ny, nx: frame.nx });
      flagFullWell(frameRows(frame, { y0: line, ny }), {
        depths,
        firstX: options.firstX,
        endX: options.endX,
      });
    }
  } finally {
    reader.close();
  }
}

function applySink(
  frame: Frame,
  options: { readonly map: PlaneSection; readonly isUpward: boolean },
): void {
  const reader = new PlaneReader(options.map.plane, options.map.corner);
  const rows = Math.min(rowsPerBlock(frame.nx), frame.ny);
  const map = new Float32Array(rows * frame.nx);
  const state = initialSinkState(frame.nx);
  const blocks = Math.ceil(frame.ny / rows);
  try {
    for (let block = 0; block < blocks; block += 1) {
      const first = (options.isUpward ? block : blocks - 1 - block) * rows;
      const lines = Math.min(rows, frame.ny - first);
      reader.readFloats(map, { line: first, lines, nx: frame.nx });
      for (let row = 0; row < lines; row += 1) {
        const offset = options.isUpward ? row : lines - 1 - row;
        const start = offset * frame.nx;
        const lineMap = map.subarray(start, start + frame.nx);
        sinkcorr(frame, { line: first + offset, map: lineMap, state });
      }
    }
  } finally {
    reader.close();
  }
}
