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
  /** Path of the report to write. */
  readonly report?: string;
  readonly logLevel: string;
}

/** What `caldp process` does where an option is not given, for commands that run the pipe themselves. */
export const defaultProcessOptions = {
  input: 'file:.',
  output: 'file:.',
  config: 'onsite',
  references: 'assign',
  calibrator: 'auto',
  previewStyle: 'standard',
  layout: 'tree',
  timeout: 12 * 3_600_000,
  grace: 20_000,
  retries: 3,
  force: false,
  explain: false,
  keepWork: false,
  json: false,
  logLevel: 'fatal',
} as const satisfies ProcessOptions;
