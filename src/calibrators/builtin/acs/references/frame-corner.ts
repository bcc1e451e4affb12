import type { FrameOffset } from '../steps/dqicorr.ts';

/** Where a frame begins on the detector and how large its pixels are, in whole detector pixels. */
export interface FrameCorner {
  readonly x: number;
  readonly y: number;
  readonly binX: number;
  readonly binY: number;
}

/** Converts the LTV and LTM keywords. */
export function frameCorner(offset: FrameOffset): FrameCorner {
  return {
    x: nearest(1 / offset.ltm1 - 1 - (1 / offset.ltm1) * offset.ltv1),
    y: nearest(1 / offset.ltm2 - 1 - (1 / offset.ltm2) * offset.ltv2),
    binX: nearest(1 / offset.ltm1),
    binY: nearest(1 / offset.ltm2),
  };
}

/** Rounds halves away from zero. */
function nearest(value: number): number {
  return value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5);
}
