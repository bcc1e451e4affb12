import { exitCodes, type ExitCodeName } from './exit-codes.ts';

/** Whether trying the same step again can help: `backoff` waits longer each time, `now` does not wait. */
export type RetryClass = 'never' | 'now' | 'backoff';

/** What an error tells beside its message. */
export interface CaldpErrorOptions {
  /** Stable, for programs: upper-case words, for example `MEMBER_MISSING`. Documented in `docs/failures.md`. */
  readonly code: string;
  /** What the user can do about it: one sentence. */
  readonly advice: string;
  /** Default `GENERIC_ERROR`. */
  readonly exit?: ExitCodeName;
  /** Default `never`. */
  readonly retry?: RetryClass;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The base of every error that reaches a user. The message says what happened, to what, and what was expected;
 * `advice` says what to do. `stage` and `dataset` are added where the error passes an operator, not where it is made.
 */
export class CaldpError extends Error {
  override readonly name: string = 'CaldpError';
  readonly code: string;
  readonly advice: string;
  readonly exit: ExitCodeName;
  readonly retry: RetryClass;

  constructor(message: string, options: CaldpErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.advice = options.advice;
    this.exit = options.exit ?? 'GENERIC_ERROR';
    this.retry = options.retry ?? 'never';
  }

  /** The process exit code that stands for this error. */
  get exitCode(): number {
    return exitCodes[this.exit];
  }
}
