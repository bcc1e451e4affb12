import { crdsError } from '../crds-error.ts';

/**
 * Passes chunks on and fails when none comes for a while: a connection that is open and silent would be waited for without end.
 *
 * @throws CaldpError `CRDS_DOWNLOAD_FAILED` after `limitMs` of silence, after aborting `controller`.
 */
export async function* withStallLimit(
  chunks: AsyncIterable<Uint8Array>,
  options: {
    readonly limitMs: number;
    readonly uri: string;
    /** Ends the connection. */
    readonly controller: AbortController;
  },
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const timer = setTimeout(() => {
    options.controller.abort(stalled(options));
  }, options.limitMs);
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      timer.refresh();
      yield next.value;
    }
  } catch (error) {
    throw options.controller.signal.aborted ? options.controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
}

/** The error of a sender that says nothing any more. */
export function stalled(options: { readonly uri: string; readonly limitMs: number }): Error {
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${options.uri}\` sent nothing for ${options.limitMs / 1000} s.`,
    advice: 'Check the network and the server, then run again.',
    retry: 'backoff',
  });
}
