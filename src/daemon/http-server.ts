import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CaldpError } from '../errors/caldp-error.ts';
import { json, type Answer } from './answer.ts';
import type { EventFeed } from './event-feed.ts';
import { failureAnswer } from './routes.ts';

/** Where the server listens. */
export interface HttpAddress {
  readonly host: string;
  /** 0 for one that is free. */
  readonly port: number;
}

/** What the server serves. */
export interface HttpTools {
  readonly feed: EventFeed;
  readonly answer: (url: URL) => Promise<Answer>;
  readonly onError: (error: unknown) => void;
}

/** A server that listens. */
export interface HttpServer {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  close(): Promise<void>;
}

const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves the status page and what it is made of, to be read only.
 *
 * @throws CaldpError `HTTP_UNAVAILABLE` when the address is taken or not ours.
 */
export async function listen(address: HttpAddress, tools: HttpTools): Promise<HttpServer> {
  const guarded = isLoopback(address.host);
  const server = createServer((request, response) => {
    void serve(request, { response, tools, guarded });
  });
  server.requestTimeout = 30_000;
  await started(server, address);
  const { port } = server.address() as AddressInfo;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    url: `http://${host}:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        tools.feed.close();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Whether only this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

async function started(server: Server, { host, port }: HttpAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new CaldpError(`\`${host}:${String(port)}\` cannot be listened on: ${cause.message}.`, {
          code: 'HTTP_UNAVAILABLE',
          advice: 'Choose another address with `--http`, or end what listens there.',
          exit: 'CMDLINE_ERROR',
          cause,
        }),
      );
    });
    server.listen({ host, port }, resolve);
  });
}

async function serve(
  request: IncomingMessage,
  {
    response,
    tools,
    guarded,
  }: { readonly response: ServerResponse; readonly tools: HttpTools; readonly guarded: boolean },
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  request.resume();
  const refused = refusal(request, guarded);
  if (refused !== undefined) {
    send(response, refused, request);
    return;
  }
  try {
    const url = new URL(`http://localhost${request.url ?? '/'}`);
    if (url.pathname === '/api/events') {
      if (!tools.feed.add(response)) {
        send(response, json({ error: 'Too many listen already.' }, { status: 503 }), request);
      }
      return;
    }
    send(response, await tools.answer(url), request);
  } catch (error) {
    tools.onError(error);
    if (!response.headersSent) send(response, failureAnswer(error), request);
  }
}

function refusal(
  { method = '', headers: { host = '' }, url = '' }: IncomingMessage,
  guarded: boolean,
): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') {
    return json({ error: 'Everything here is read only.' }, { status: 405 });
  }
  if (!url.startsWith('/') || url.length > 2000) {
    return json({ error: 'That is no path.' }, { status: 400 });
  }
  // A page from elsewhere can make its own name point here: then the browser would let it read the answers.
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (!guarded || isLoopback(name)) return undefined;
  return json({ error: `\`${name}\` is not served here.` }, { status: 403 });
}

function send(
  response: ServerResponse,
  { status, type, body }: Answer,
  request: IncomingMessage,
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'content-type': type, 'content-length': length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
