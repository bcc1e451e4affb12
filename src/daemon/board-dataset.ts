import type { Stage } from '../streams/events.ts';

/** The states by which datasets are counted and filtered. */
export const boardStates = ['processing', 'published', 'failed', 'skipped', 'interrupted'] as const;

/** One of {@link boardStates}. */
export type BoardState = (typeof boardStates)[number];

/** One step of a dataset's way. Times are ISO 8601. */
export interface TimelineStep {
  readonly stage: Stage;
  readonly started: string;
  /** Missing while it goes on. */
  readonly milliseconds?: number;
  /** Failures that were followed by another try, one sentence each. */
  readonly retries: readonly string[];
}

/** What is known of one dataset. */
export interface BoardDataset {
  readonly id: string;
  readonly state: BoardState;
  /** Where it is now, or where it ended. */
  readonly stage?: Stage;
  /** When it came to this state, ISO 8601. */
  readonly since: string;
  readonly attempt?: number;
  /** From admission to outcome. */
  readonly milliseconds?: number;
  readonly location?: string;
  readonly reason?: string;
  readonly error?: {
    readonly code: string;
    readonly exitCode: number;
    readonly message: string;
    readonly advice: string;
  };
  readonly warnings: readonly string[];
  readonly timeline: readonly TimelineStep[];
}
