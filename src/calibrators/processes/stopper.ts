/** Timers hold 31 bits of milliseconds, 24.8 days; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** Why a program was stopped. */
export type Stopped =
  { readonly status: 'timed-out'; readonly deadline: number } | { readonly status: 'aborted' };

/** What stops one program. */
export interface Stopper {
  /** Disarms, and tells whether it stopped the program. */
  readonly settle: () => Stopped | undefined;
  /** Settles when the program was stopped and even KILL did not end it: nobody waits for a process stuck in the kernel. */
  readonly unstoppable: Promise<undefined>;
}

/** Ends the program at its deadline or on abort, whichever comes first. */
export function armStopper(options: {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly end: () => Promise<readonly number[]>;
}): Stopper {
  const { deadline, signal, end } = options;
  let giveUp: (nothing: undefined) => void;
  const unstoppable = new Promise<undefined>((resolve) => {
    giveUp = resolve;
  });
  let stopped: Stopped | undefined;
  const stop = (reason: Stopped): void => {
    if (stopped !== undefined) return;
    stopped = reason;
    void end().then((left) => {
      if (left.length > 0) giveUp(undefined);
    });
  };
  const onAbort = (): void => {
    stop({ status: 'aborted' });
  };
  const timer = setTimeout(
    () => {
      stop({ status: 'timed-out', deadline });
    },
    Math.min(deadline, longestTimer),
  );
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    settle: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return stopped;
    },
    unstoppable,
  };
}
