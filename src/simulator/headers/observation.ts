import type { WritableValue } from '../../fits/format-card.ts';
import type { Exposure } from '../exposures/exposure.ts';

/** One exposure as its headers tell of it. */
export interface Observation extends Exposure {
  /** The association, if it is of one, and what it is in it: `EXP-CRJ`. */
  readonly association?: { readonly id: string; readonly memberType: string };
  /** Modified Julian Date. */
  readonly start: number;
  readonly filters: readonly [string, string];
  readonly aperture: string;
  readonly subarray: boolean;
  /** Calibration switches that are PERFORM. */
  readonly switches: readonly string[];
  /** File names of references by keyword, without folders. */
  readonly references: Readonly<Record<string, string>>;
  /** Keywords of the primary header beside, or in place of, the usual ones. */
  readonly keywords: Readonly<Record<string, WritableValue>>;
}
