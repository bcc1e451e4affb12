import type { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { Outcome, Stage } from '../streams/events.ts';

/** One step of a dataset; times are milliseconds since 1970. */
export interface StepRecord {
  readonly stage: Stage;
  readonly from: number;
  /** Undefined while the step goes on. */
  readonly to: number | undefined;
  /** Errors after which the step was tried again. */
  readonly retries: readonly CaldpError[];
}

/** What a run has done with one dataset. */
export interface DatasetRecord {
  /** The dataset, or the text that names none. */
  readonly name: string;
  readonly steps: readonly StepRecord[];
  readonly warnings: readonly { readonly stage: Stage; readonly warning: Warning }[];
  /** Undefined while it is under way. */
  readonly outcome: Outcome | undefined;
  /** Milliseconds from its admission to its outcome. */
  readonly milliseconds: number;
}

/** What a run has done. Holds one short record for each dataset. */
export interface RunRecord {
  /** Milliseconds since 1970 of the first and the last thing that happened; zero before anything has. */
  readonly from: number;
  readonly to: number;
  /** In the order of admission; datasets that were named twice come twice. */
  readonly datasets: readonly DatasetRecord[];
}
