import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from './seeded-random.ts';

/**
 * What can go wrong between a client and a server, before the server has seen the request or after it has acted on it.
 *
 * - `stall-before`, `reset-before`: the request never arrives.
 * - `stall-after`, `reset-after`: the server does what is asked, the answer is lost.
 * - `stall-body`, `cut-body`: half of the body of the answer comes.
 * - `busy` (503) and `denied` (403): an answer in the words of S3, without asking the server.
 */
export type Fault =
  | 'stall-before'
  | 'reset-before'
  | 'stall-after'
  | 'reset-after'
  | 'stall-body'
  | 'cut-body'
  | 'busy'
  | 'denied';

/** What of a request a plan may look at. */
export interface PlannedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Counted from 1. */
  readonly number: number;
}

/** Decides what goes wrong with a request; undefined for nothing. */
export type FaultPlan = (request: PlannedRequest) => Fault | undefined;

/** A proxy in front of an HTTP server. */
export interface FaultProxy {
  readonly endpoint: string;
  /** How often each fault was made. */
  readonly made: ReadonlyMap<Fault, number>;
  /** Requests that came, faulty ones too. */
  readonly requests: readonly PlannedRequest[];
  /** Another plan from now on. */
  plan(plan: FaultPlan): void;
  /** Refuses what comes and cuts what is under way. */
  stop(): Promise<void>;
}

/** A plan that makes one of `faults` with a probability of `rate`; the same seed makes the same sequence. */
export function seededPlan(
  seed: number,
  { rate, faults }: { readonly rate: number; readonly faults: readonly Fault[] },
): FaultPlan {
  const draw = seededRandom(seed);
  return () => (draw() < rate ? faults[Math.floor(draw() * faults.length)] : undefined);
}

/** Starts a proxy on a free port of this machine that passes everything on to `target` and spoils what the plan tells. */
export async function startFaultProxy(
  target: { readonly port: number },
  plan: FaultPlan = () => undefined,
): Promise<FaultProxy> {
  const made = new Map<Fault, number>();
  const requests: PlannedRequest[] = [];
  const sockets = new Set<Socket>();
  let current = plan;
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const planned = { method, url, number: requests.length + 1 };
    requests.push(planned);
    const fault = current(planned);
    if (fault !== undefined) made.set(fault, (made.get(fault) ?? 0) + 1);
    serve(request, response, { fault, port: target.port }).catch(() => {
      // One of the two sides has gone away, as faults make them; the other is to notice.
      request.destroy();
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    made,
    requests,
    plan: (next) => {
      current = next;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { fault, port }: { readonly fault: Fault | undefined; readonly port: number },
): Promise<void> {
  switch (fault) {
    case 'stall-before':
      request.resume();
      return;
    case 'reset-before':
      request.socket.resetAndDestroy();
      return;
    case 'busy':
    case 'denied':
      await refuse(request, response, fault);
      return;
    default:
      await pass(request, response, { fault, port });
  }
}

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  fault: 'busy' | 'denied',
): Promise<void> {
  await buffer(request);
  const [status, code] = fault === 'busy' ? [503, 'SlowDown'] : [403, 'AccessDenied'];
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>Planned.</Message></Error>`;
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': request.method === 'HEAD' ? 0 : body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { fault, port }: { readonly fault: Fault | undefined; readonly port: number },
): Promise<void> {
  const { method, url, headers } = request;
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve).once('error', reject);
  });
  await Promise.all([pipeline(request, onward), answered]);
  const answer = await answered;
  if (fault === 'stall-after' || fault === 'reset-after') {
    await buffer(answer);
    if (fault === 'reset-after') request.socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  if (fault === undefined) await pipeline(answer, response);
  else await half(answer, response, fault);
}

/** A body that is cut is cut where there is one; an answer without a body is lost as a whole. */
async function half(
  answer: IncomingMessage,
  response: ServerResponse,
  fault: Fault,
): Promise<void> {
  const body = await buffer(answer);
  response.flushHeaders();
  await new Promise((resolve) => response.write(body.subarray(0, body.length >> 1), resolve));
  if (fault === 'cut-body') response.socket?.resetAndDestroy();
}
