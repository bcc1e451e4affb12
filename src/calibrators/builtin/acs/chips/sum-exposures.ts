import { type ConstantArrays, constantArrays } from '../frames/constant-array.ts';
import type { Frame } from '../frames/frame.ts';
import type { StoredImset } from '../frames/plane.ts';
import { ReferenceRows } from '../frames/reference-rows.ts';
import { rowBlocks } from '../frames/row-blocks.ts';
import { finishSum, rptcorr, startSum } from '../steps/rptcorr.ts';
import { type FrameStatistics, StatisticsSum } from '../steps/statistics.ts';
import { readImset } from './frame-source.ts';
import type { FrameStore } from './frame-store.ts';

export interface SumOptions {
  /** The sum is kept under this name. */
  readonly name: string;
  readonly first: StoredImset;
  readonly others: readonly StoredImset[];
  readonly badBits: number;
}

export interface SumResult {
  readonly statistics: FrameStatistics;
  readonly constants: ConstantArrays;
}

/** ACSSUM for one imset; holds the sum and a block of rows of one exposure. */
export function sumExposures(store: FrameStore, options: SumOptions): SumResult {
  const frame = readImset(store, options.first);
  startSum(frame);
  for (const imset of options.others) addExposure(frame, imset);
  finishSum(frame);
  const statistics = new StatisticsSum(options.badBits);
  statistics.add(frame);
  const constants = constantArrays(frame, { err: frame.err[0] ?? 0, dq: frame.dq[0] ?? 0 });
  store.put(options.name, frame);
  return { statistics: statistics.value, constants };
}

function addExposure(sum: Frame, imset: StoredImset): void {
  const exposure = new ReferenceRows({ imset, corner: { x0: 0, y0: 0 } });
  try {
    for (const block of rowBlocks(sum)) rptcorr(block.rows, exposure.beside(block));
  } finally {
    exposure.close();
  }
}
