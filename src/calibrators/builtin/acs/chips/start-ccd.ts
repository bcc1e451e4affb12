import type { Frame } from '../frames/frame.ts';
import { ImsetReader } from '../frames/imset-reader.ts';
import type { StoredImset } from '../frames/plane.ts';
import { type ImsetSection, ReferenceRows } from '../frames/reference-rows.ts';
import { rowBlocks } from '../frames/row-blocks.ts';
import { biascorr } from '../steps/biascorr.ts';
import { ampView } from '../steps/blevcorr/amp-view.ts';
import { biasShift, type BiasShift } from '../steps/blevcorr/bias-shift.ts';
import {
  classicBlevcorr,
  type ClassicOptions,
  type ClassicResult,
} from '../steps/blevcorr/classic.ts';
import { correctCrosstalk } from '../steps/blevcorr/crosstalk.ts';
import { type AmpDestripe, measureAmp } from '../steps/blevcorr/destripe.ts';
import { flagBadPixels, flagConverterSaturation, type FrameOffset } from '../steps/dqicorr.ts';
import { convertToElectrons } from '../steps/electrons.ts';
import type { AmpName, Quadrants } from '../steps/quadrants.ts';
import { readBpixtab } from '../tables/bpixtab.ts';
import type { FrameStore } from './frame-store.ts';

/** How DQICORR is done. */
export interface DqiOptions {
  /** Undefined where no table is to be applied. */
  readonly table?: {
    readonly path: string;
    readonly ccdAmp: string;
    readonly ccdGain: number;
    readonly chip: number;
  };
  /** DN; undefined for the SBC, which does not saturate. */
  readonly converterLimit?: number;
  readonly offset: FrameOffset;
}

/** Which of the ways of BLEVCORR is taken. */
export type BlevPlan =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'classic' } & ClassicOptions)
  | { readonly kind: 'subarray'; readonly amp: AmpName }
  | { readonly kind: 'full-frame'; readonly amps: readonly AmpName[]; readonly shifts: boolean };

/** What BLEVCORR measured on one chip. */
export type BlevResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'classic'; readonly result: ClassicResult }
  | { readonly kind: 'subarray'; readonly shift: BiasShift }
  | {
      readonly kind: 'full-frame';
      readonly shifts: readonly BiasShift[];
      readonly measured: readonly AmpDestripe[];
    };

export interface StartCcdOptions {
  /** The frame is kept under this name. */
  readonly name: string;
  readonly raw: StoredImset;
  readonly dqi: DqiOptions | undefined;
  readonly bias: ImsetSection | undefined;
  readonly gains: Quadrants;
  readonly blev: BlevPlan;
}

export interface StartCcdResult {
  /** Whether the bad-pixel table had a row for this chip; undefined where it was not applied. */
  readonly badPixels: boolean | undefined;
  readonly blev: BlevResult;
}

/** ACSCCD for one chip up to where the chips have to be seen together: DQICORR, BIASCORR, electrons and most of BLEVCORR. */
export function startCcd(store: FrameStore, options: StartCcdOptions): StartCcdResult {
  const frame = store.blank(options.raw.sci);
  readRaw(frame, options);
  const badPixels = options.dqi === undefined ? undefined : applyBadPixels(frame, options.dqi);
  const blev = applyBlev(frame, options.blev);
  store.put(options.name, frame);
  return { badPixels, blev };
}

/** Reads, flags, subtracts the bias and converts, block by block, while the rows are in the cache. */
function readRaw(frame: Frame, { raw, bias, dqi, gains }: StartCcdOptions): void {
  const reader = new ImsetReader(raw);
  const reference = bias === undefined ? undefined : new ReferenceRows(bias);
  try {
    for (const block of rowBlocks(frame)) {
      const { line, rows } = block;
      reader.read(rows, line);
      if (dqi?.converterLimit !== undefined) flagConverterSaturation(rows, dqi.converterLimit);
      if (reference !== undefined) biascorr(rows, reference.beside(block));
      convertToElectrons(rows, { gains, line });
    }
  } finally {
    reader.close();
    reference?.close();
  }
}

/** Flags the pixels of the table; undefined where none is to be applied. */
export function applyBadPixels(frame: Frame, { table, offset }: DqiOptions): boolean | undefined {
  if (table === undefined) return undefined;
  return flagBadPixels(frame, { rows: readBpixtab(table.path, table), offset });
}

function applyBlev(frame: Frame, plan: BlevPlan): BlevResult {
  switch (plan.kind) {
    case 'none':
      return { kind: 'none' };
    case 'classic':
      return { kind: 'classic', result: classicBlevcorr(frame, plan) };
    case 'subarray': {
      const view = ampView(frame, { amp: plan.amp, columns: frame.nx });
      return { kind: 'subarray', shift: biasShift(frame, view) };
    }
    case 'full-frame': {
      const views = plan.amps.map((amp) => ampView(frame, { amp, columns: frame.nx / 2 }));
      const shifts = plan.shifts ? views.map((view) => biasShift(frame, view)) : [];
      if (plan.shifts) correctCrosstalk(frame);
      return { kind: 'full-frame', shifts, measured: views.map((view) => measureAmp(frame, view)) };
    }
  }
}
