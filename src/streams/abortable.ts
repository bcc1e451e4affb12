import { from, Observable, type ObservableInput } from 'rxjs';

/**
 * Runs work that takes an AbortSignal as a cold Observable: each subscription starts it anew with a signal of its own,
 * which is aborted when the subscriber leaves or when `outer` is aborted.
 *
 * When `outer` is aborted the Observable stays open until the work has ended by itself, so that whoever waits for it
 * knows that nothing of it (a child process, an open file) is left.
 */
export function abortable<T>(
  work: (signal: AbortSignal) => ObservableInput<T>,
  outer: AbortSignal,
): Observable<T> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(outer.reason);
    };
    if (outer.aborted) abort();
    outer.addEventListener('abort', abort);
    subscriber.add(() => {
      outer.removeEventListener('abort', abort);
      controller.abort();
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
