/** How a process left. */
export type ProcessExit =
  | { readonly status: 'exited'; readonly code: number }
  | { readonly status: 'signalled'; readonly signal: string };

/** Why a program ended. */
export type ProgramEnding =
  | ProcessExit
  /** We stopped it after `deadline` milliseconds; `exit` is how it left then, missing when even KILL did not end it. */
  | { readonly status: 'timed-out'; readonly deadline: number; readonly exit?: ProcessExit }
  /** We stopped it because we were told to; without `exit` it was never started, or even KILL did not end it. */
  | { readonly status: 'aborted'; readonly exit?: ProcessExit }
  | { readonly status: 'could-not-start'; readonly reason: Error };

/** What a program cost. */
export interface ProgramMetrics {
  /** Seconds by a monotonic clock. */
  readonly wall: number;
  /** CPU seconds in user mode of the program and its descendants, sampled; undefined where the system does not tell. */
  readonly user?: number;
  /** CPU seconds in system mode, as `user`. */
  readonly system?: number;
  /** Largest resident set of any single process among them, KiB, sampled. */
  readonly maxRss?: number;
}

/** Where the output of a program stands in a file that several programs append to; bytes. */
export interface ProgramOutput {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** One run of one program. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly started: Date;
  readonly ending: ProgramEnding;
  readonly metrics: ProgramMetrics;
  readonly output: ProgramOutput;
  /** The last 64 KiB of what it wrote, as text. */
  readonly tail: string;
}
