import { crdsError } from '../crds-error.ts';
import { untilAborted } from '../until-aborted.ts';
import { bodyChunks } from './body-chunks.ts';
import { linkedSignal } from './linked-signal.ts';
import { stalled } from './stalled.ts';
import type { UriBody, UriFetcher } from './uri-fetcher.ts';

/**
 * Brings files over HTTP. A request is given up after `stallMs` without an answer or without a byte.
 *
 * @example
 * const { chunks } = await httpFetcher({ stallMs: 60_000 }).open('https://hst-crds.stsci.edu/...', { signal });
 */
export function httpFetcher({ stallMs: limitMs }: { readonly stallMs: number }): UriFetcher {
  return {
    open: async (uri, { signal }) => {
      const link = linkedSignal(signal, { limitMs, reason: () => stalled({ uri, limitMs }) });
      try {
        const response = await untilAborted(fetch(uri, { signal: link.signal }), link.signal);
        return await openBody(response, { uri, limitMs, signal });
      } catch (error) {
        link.signal.throwIfAborted();
        throw explained(error, uri);
      } finally {
        link.release();
      }
    },
  };
}

async function openBody(
  response: Response,
  options: { readonly uri: string; readonly limitMs: number; readonly signal: AbortSignal },
): Promise<UriBody> {
  const { body, headers } = response;
  if (!response.ok) {
    await body?.cancel();
    throw refused(response, options.uri);
  }
  const length = headers.get('content-length');
  const size = length === null || headers.has('content-encoding') ? undefined : Number(length);
  return { size, chunks: explainedChunks(body, options) };
}

async function* explainedChunks(
  body: ReadableStream<Uint8Array> | null,
  options: { readonly uri: string; readonly limitMs: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  try {
    if (body !== null) yield* bodyChunks(body, options);
  } catch (error) {
    throw explained(error, options.uri);
  }
}

function refused({ status, statusText }: Response, uri: string): Error {
  const passing = status >= 500 || status === 408 || status === 429;
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${uri}\` cannot be fetched: the server answered ${`${status} ${statusText}`.trim()}.`,
    advice: passing
      ? 'The server has a problem that may pass; run again later.'
      : 'Check the name of the file and `CRDS_SERVER_URL`; a new file may not be on this server yet.',
    retry: passing ? 'backoff' : 'never',
  });
}

/** Errors of the network say what failed only in their cause. */
function explained(error: unknown, uri: string): unknown {
  if (!(error instanceof TypeError)) return error;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${uri}\` cannot be fetched: ${cause || 'the connection failed'}.`,
    advice: 'Check the network and `CRDS_SERVER_URL`, then run again.',
    retry: 'backoff',
    cause: error,
  });
}
