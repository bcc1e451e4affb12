import type { Scratch } from '../../frames/scratch.ts';

/** One exposure of a combination. */
export interface CrExposure {
  readonly scratch: Scratch;
  /** Exposure time, seconds; 1 for all where none has any. Single precision. */
  readonly time: number;
  /** Sky level, electrons. */
  readonly sky: number;
}
