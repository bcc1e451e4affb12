import { crdsError } from '../crds-error.ts';
import type { UriBody, UriFetcher } from './uri-fetcher.ts';
import { stalled, withStallLimit } from './with-stall-limit.ts';

/**
 * Brings files over HTTP. A request is given up after `stallMs` without an answer or without a byte.
 *
 * @example
 * const { chunks } = await httpFetcher({ stallMs: 60_000 }).open('https://hst-crds.stsci.edu/...', { signal });
 */
export function httpFetcher(options: { readonly stallMs: number }): UriFetcher {
  return {
    open: async (uri, { signal }) => {
      const controller = new AbortController();
      const timer = setTimeout(() => {
        controller.abort(stalled({ uri, limitMs: options.stallMs }));
      }, options.stallMs);
      try {
        const all = AbortSignal.any([signal, controller.signal]);
        const response = await fetch(uri, { signal: all, redirect: 'follow' });
        return await openBody(response, { uri, controller, limitMs: options.stallMs });
      } catch (error) {
        throw explained(error, { uri, signal, controller });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function openBody(
  response: Response,
  options: { readonly uri: string; readonly controller: AbortController; readonly limitMs: number },
): Promise<UriBody> {
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(response, options.uri);
  }
  const length = response.headers.get('content-length');
  const packed = response.headers.has('content-encoding');
  return {
    size: length === null || packed ? undefined : Number(length),
    chunks: explainedChunks(response.body ?? [], options),
  };
}

async function* explainedChunks(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: { readonly uri: string; readonly controller: AbortController; readonly limitMs: number },
): AsyncGenerator<Uint8Array> {
  try {
    yield* withStallLimit(toAsync(body), options);
  } catch (error) {
    throw explained(error, options);
  }
}

async function* toAsync(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* body;
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
function explained(
  error: unknown,
  options: {
    readonly uri: string;
    readonly signal?: AbortSignal;
    readonly controller: AbortController;
  },
): unknown {
  if (options.signal?.aborted === true) return options.signal.reason;
  if (options.controller.signal.aborted) return options.controller.signal.reason;
  if (!(error instanceof TypeError)) return error;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `\`${options.uri}\` cannot be fetched: ${cause || 'the connection failed'}.`,
    advice: 'Check the network and `CRDS_SERVER_URL`, then run again.',
    retry: 'backoff',
    cause: error,
  });
}
