import { randomUUID } from 'node:crypto';
import type { RetrySettings } from '../configuration/crds-settings.ts';
import { crdsError } from '../crds-error.ts';
import { linkedSignal } from '../transfer/linked-signal.ts';
import { withRetries } from '../transfer/with-retries.ts';
import { untilAborted } from '../until-aborted.ts';
import { jsonFields } from '../json/json-fields.ts';
import { decodePayload } from './decode-payload.ts';

/** Asks a CRDS server. */
export interface RpcClient {
  /**
   * Calls one method and decodes its result.
   *
   * @throws CaldpError `CRDS_SERVER_FAILED` with `retry: 'backoff'` when the server cannot be reached or gives no answer,
   *   `'never'` when it answers with an error.
   */
  call(
    method: string,
    options: { readonly params: readonly unknown[]; readonly signal: AbortSignal },
  ): Promise<unknown>;
}

/** Makes a client of a server's JSON-RPC (`crds/client/proxy.py`). Every attempt of a call has the same id. */
export function rpcClient(options: {
  readonly serverUrl: string;
  readonly retry: RetrySettings;
}): RpcClient {
  const process = randomUUID();
  let count = 0;
  return {
    call: (method, { params, signal }) => {
      count += 1;
      const id = `caldp-${process}-${count.toString(16).padStart(8, '0')}`;
      const url = `${options.serverUrl}/json/${method}/${id}/`;
      const body = JSON.stringify({ jsonrpc: '1.0', method, params, id });
      return withRetries(
        async () => readAnswer(await post(url, { body, signal, retry: options.retry }), method),
        { retry: options.retry, signal },
      );
    },
  };
}

async function post(
  url: string,
  options: {
    readonly body: string;
    readonly signal: AbortSignal;
    readonly retry: RetrySettings;
  },
): Promise<string> {
  const { timeoutMs } = options.retry;
  const link = linkedSignal(options.signal, {
    limitMs: timeoutMs,
    reason: () => unreachable(url, `no answer in ${timeoutMs / 1000} s`),
  });
  try {
    return await untilAborted(exchange(url, options.body, link.signal), link.signal);
  } catch (error) {
    link.signal.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    throw unreachable(url, cause, error);
  } finally {
    link.release();
  }
}

async function exchange(url: string, body: string, signal: AbortSignal): Promise<string> {
  // The type of content is what the Python client says; the server reads the body as JSON all the same.
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const response = await fetch(url, { method: 'POST', body, headers, signal });
  const text = await response.text();
  if (response.ok) return text;
  throw unreachable(url, `it answered ${`${response.status} ${response.statusText}`.trim()}`);
}

async function readAnswer(text: string, method: string): Promise<unknown> {
  const answer = jsonFields(parsedJson(text, method));
  if (answer === undefined) throw noAnswer(method, text);
  const error: unknown = answer.get('error') ?? undefined;
  if (error !== undefined) {
    const said = typeof error === 'string' ? error : jsonFields(error)?.get('message');
    throw failure(method, typeof said === 'string' ? said : 'unknown error');
  }
  try {
    return await decodePayload(answer.get('result'));
  } catch (cause) {
    throw failure(method, `its result cannot be decoded: ${String(cause)}`);
  }
}

function parsedJson(text: string, method: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Ignored: the SyntaxError says less than the start of what came instead of JSON.
    throw noAnswer(method, text);
  }
}

function unreachable(url: string, reason: string, cause?: unknown): Error {
  return crdsError('CRDS_SERVER_FAILED', {
    message: `The CRDS server cannot be asked at \`${url}\`: ${reason}.`,
    advice:
      'Check the network and `CRDS_SERVER_URL`; with a complete cache, work without a server (`CRDS_SERVER_URL=https://hst-serverless-mode.stsci.edu`).',
    retry: 'backoff',
    cause,
  });
}

function noAnswer(method: string, text: string): Error {
  return crdsError('CRDS_SERVER_FAILED', {
    message: `The CRDS server answered \`${method}\` with something that is no JSON-RPC: ${JSON.stringify(text.slice(0, 80))}.`,
    advice: 'Check `CRDS_SERVER_URL`; a proxy may stand in front of the server.',
    retry: 'backoff',
  });
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&amp;': '&',
};

function failure(method: string, message: string): Error {
  const plain = message.replaceAll(
    /&(?:lt|gt|quot|#39|#x27|amp);/g,
    (sign) => entities[sign] ?? sign,
  );
  return crdsError('CRDS_SERVER_FAILED', {
    message: `CRDS jsonrpc failure '${method}' ${plain}`,
    advice:
      'The server does not accept the question; check the context and the version of the server.',
  });
}
