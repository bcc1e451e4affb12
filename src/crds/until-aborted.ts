/**
 * Waits for a promise that others wait for too, but no longer than the signal lets: then rejects with the signal's reason, and the
 * work behind the promise goes on for the others.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, stop } = rejectionOnAbort(signal);
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop();
  }
}

function rejectionOnAbort(signal: AbortSignal): {
  readonly promise: Promise<never>;
  readonly stop: () => void;
} {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
  return { promise, stop };
}
