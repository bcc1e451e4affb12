import type { ExposureKeywords } from './exposure-keywords.ts';
import type { Chip2d } from './chip-2d.ts';
import type { Flags2d } from './steps-2d.ts';
import type { References2d } from './references-2d.ts';
import type { WorkingExposure } from './working-exposure.ts';

/** Everything that ACS2D knows before it touches a pixel. */
export interface Work2d {
  readonly input: WorkingExposure;
  readonly exposure: ExposureKeywords;
  readonly references: References2d;
  readonly flags: Flags2d;
  readonly chips: readonly Chip2d[];
}
