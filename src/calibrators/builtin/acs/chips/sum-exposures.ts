import { type ConstantArrays, constantArrays } from '../frames/constant-array.ts';
import type { StoredImset } from '../frames/plane.ts';
import { rowBlocks } from '../frames/row-blocks.ts';
import { finishSum, rptcorr, startSum } from '../steps/rptcorr.ts';
import { type FrameStatistics, frameStatistics } from '../steps/statistics.ts';
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
  const frame = readImset(options.first);
  startSum(frame);
  for (const imset of options.others)
    for (const { science, reference } of rowBlocks(frame, { imset, corner: { x0: 0, y0: 0 } }))
      rptcorr(science, reference);
  finishSum(frame);
  const statistics = frameStatistics(frame, options.badBits);
  const constants = constantArrays(frame, { err: frame.err[0] ?? 0, dq: frame.dq[0] ?? 0 });
  store.put(options.name, frame);
  return { statistics, constants };
}
