/** Why a program ended. */
export type ProgramEnding =
  | { readonly status: 'exited'; readonly code: number }
  | { readonly status: 'signalled'; readonly signal: string }
  | { readonly status: 'timed-out'; readonly deadline: number }
  | { readonly status: 'aborted' }
  | { readonly status: 'could-not-start'; readonly reason: Error };

/** What a program cost. */
export interface ProgramMetrics {
  /** Seconds. */
  readonly wall: number;
  /** CPU seconds in user mode of the whole process group, sampled; undefined where the system does not tell. */
  readonly user?: number;
  /** CPU seconds in system mode, as `user`. */
  readonly system?: number;
  /** Largest resident set of any single process of the group, KiB, sampled. */
  readonly maxRss?: number;
}

/** One run of one program. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly started: Date;
  readonly ending: ProgramEnding;
  readonly metrics: ProgramMetrics;
  /** The last 64 KiB of what it wrote, as text. */
  readonly tail: string;
}
