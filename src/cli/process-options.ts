import type { PreviewStyle } from '../previews/preview-style.ts';

/** The options of `caldp process`, as commander gives them. */
export interface ProcessOptions {
  readonly list?: string;
  readonly input: string;
  readonly output: string;
  readonly config: string;
  readonly references: 'assign' | 'keep';
  readonly calibrator: 'auto' | 'hstcal' | 'builtin';
  readonly previewStyle: PreviewStyle | 'none';
  readonly layout: 'tree' | 'calcloud';
  readonly jobs?: number;
  readonly maxInFlight?: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Milliseconds. */
  readonly grace: number;
  readonly retries: number;
  readonly force: boolean;
  readonly explain: boolean;
  readonly keepWork: boolean;
  readonly json: boolean;
  readonly logLevel: string;
}
