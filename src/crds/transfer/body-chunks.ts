import { linkedSignal } from './linked-signal.ts';
import { stalled } from './stalled.ts';

/**
 * Reads a body chunk by chunk. It ends with an error when the signal is aborted or when nothing comes for a while: a connection that
 * is open and silent would be waited for without end. Reading it to its end, an error and an early return all free the connection.
 *
 * @throws CaldpError `CRDS_DOWNLOAD_FAILED` after `limitMs` of silence, the signal's reason, errors of the connection.
 */
export async function* bodyChunks(
  body: ReadableStream<Uint8Array>,
  options: { readonly uri: string; readonly limitMs: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await readChunk(reader, options);
      if (done) return;
      yield value;
    }
  } finally {
    await cancelled(reader);
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readChunk(
  reader: Reader,
  options: { readonly uri: string; readonly limitMs: number; readonly signal: AbortSignal },
): ReturnType<Reader['read']> {
  const { signal, release } = linkedSignal(options.signal, {
    limitMs: options.limitMs,
    reason: () => stalled(options),
  });
  const onAbort = (): void => {
    // Ends the read that is under way; it then says that the body is done.
    void cancelled(reader);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const result = await reader.read();
    signal.throwIfAborted();
    return result;
  } finally {
    release();
  }
}

async function cancelled(reader: Reader): Promise<void> {
  try {
    await reader.cancel();
  } catch {
    // Ignored: the body failed before, and whoever reads it has that error.
  }
}
