import { from, Observable, type ObservableInput } from 'rxjs';

/**
 * Runs work that takes an AbortSignal as a cold Observable: each subscription starts it anew with a signal of its own,
 * which is aborted when the subscriber leaves or when one of `outer` is aborted.
 *
 * When one of `outer` is aborted the Observable stays open until the work has ended by itself, so that whoever waits for it
 * knows that nothing of it (a child process, an open file) is left.
 */
export function abortable<T>(
  work: (signal: AbortSignal) => ObservableInput<T>,
  outer: readonly AbortSignal[],
): Observable<T> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort();
    };
    if (outer.some((signal) => signal.aborted)) abort();
    for (const signal of outer) signal.addEventListener('abort', abort);
    subscriber.add(() => {
      for (const signal of outer) signal.removeEventListener('abort', abort);
      abort();
    });
    subscriber.add(startOf(work, controller.signal).subscribe(subscriber));
  });
}

function startOf<T>(
  work: (signal: AbortSignal) => ObservableInput<T>,
  signal: AbortSignal,
): Observable<T> {
  try {
    return from(work(signal));
  } catch (error) {
    return new Observable((subscriber) => {
      subscriber.error(error);
    });
  }
}
