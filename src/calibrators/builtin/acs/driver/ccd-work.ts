import type { StartCcdResult } from '../chips/start-ccd.ts';
import type { BlevAlgorithm } from './blev-plan.ts';
import type { CcdImset } from './ccd-imset.ts';
import type { CcdFlags, CcdReferences } from './ccd-setup.ts';
import type { ExposureFile } from './exposure-file.ts';
import type { ExposureKeywords } from './exposure-keywords.ts';

/** Everything that ACSCCD knows before it touches a pixel. */
export interface CcdWork {
  readonly file: ExposureFile;
  readonly exposure: ExposureKeywords;
  readonly references: CcdReferences;
  readonly flags: CcdFlags;
  readonly imsets: readonly CcdImset[];
  readonly algorithm: BlevAlgorithm | undefined;
}

/** What ACSCCD measured, imset by imset. */
export interface CcdResults {
  readonly starts: readonly StartCcdResult[];
  readonly stripes: { readonly fixed: number; readonly skipped: number } | undefined;
}
