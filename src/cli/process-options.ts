import type { RunOptions } from './run-options.ts';

/** The options of `caldp process`, as commander gives them. */
export interface ProcessOptions extends RunOptions {
  readonly list?: string;
  readonly input: string;
  readonly explain: boolean;
  /** Path of the report to write. */
  readonly report?: string;
}

/** What `caldp process` does where an option is not given, for commands that run the pipe themselves. */
export const defaultProcessOptions = {
  input: 'file:.',
  output: 'file:.',
  config: 'onsite',
  references: 'assign',
  calibrator: 'auto',
  strict: false,
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
