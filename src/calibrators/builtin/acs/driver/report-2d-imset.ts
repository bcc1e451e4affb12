import type { Calibrate2dResult } from '../chips/calibrate-2d.ts';
import type { Chip2d } from './chip-2d.ts';
import type { Work2d } from './work-2d.ts';
import type { WorkingImset } from './working-exposure.ts';

/** One imset of ACS2D, for the report. */
export interface Report2dImset {
  readonly work: Work2d;
  readonly chip: Chip2d;
  readonly imset: WorkingImset;
  readonly result: Calibrate2dResult;
  /** Counted from 0. */
  readonly index: number;
}

/** Text of warning and HISTORY. */
export const abortedFlash = 'Post-flash STATUS was ABORTED. Post-flash may be compromised.';

/** Shading cannot be corrected without an exposure time. */
export function shadFlag(work: Work2d): Work2d['flags']['SHADCORR'] {
  const flag = work.flags.SHADCORR;
  return flag === 'PERFORM' && work.exposure.expTime <= 0 ? 'IGNORED' : flag;
}

/** Whether a header names a file. */
export function isNamed(name: string): boolean {
  return name !== '' && name !== 'N/A';
}
