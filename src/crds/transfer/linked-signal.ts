/** A signal that is aborted by another one or by time. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  /** Lets go of the other signal and of the timer. */
  readonly release: () => void;
}

/**
 * Makes a signal that follows another one and a deadline. Unlike `AbortSignal.any` it cannot be collected while the other signal lives,
 * which made a request run on after an abort.
 *
 * @param options `reason` is asked for when the time is over.
 */
export function linkedSignal(
  parent: AbortSignal,
  options: { readonly limitMs: number; readonly reason: () => Error },
): LinkedSignal {
  const controller = new AbortController();
  const follow = (): void => {
    controller.abort(parent.reason);
  };
  const timer = setTimeout(() => {
    controller.abort(options.reason());
  }, options.limitMs);
  if (parent.aborted) follow();
  parent.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      parent.removeEventListener('abort', follow);
    },
  };
}
