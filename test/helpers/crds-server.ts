import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ExecutionContext } from 'ava';
import { smallContext, smallReference, smallRules } from './small-context.ts';

/** How the server fails, for one request after another; then it behaves. */
export type Fault =
  /** An answer of an HTTP server in trouble. */
  | { readonly kind: 'status'; readonly status: number }
  /** Other bytes of the same length. */
  | { readonly kind: 'corrupt' }
  /** Half of the bytes, with the length of half. */
  | { readonly kind: 'short' }
  /** Half of the bytes, then the connection is gone. */
  | { readonly kind: 'gone' }
  /** Half of the bytes, then silence. */
  | { readonly kind: 'stall' }
  /** Another body, complete: a JSON-RPC error, or no JSON at all. */
  | { readonly kind: 'body'; readonly text: string };

/** A CRDS server on loopback that has the simulated context and counts what is asked of it. */
export interface CrdsServer {
  readonly url: string;
  /** Requests so far: file names, and `rpc:<method>`. */
  readonly requests: readonly string[];
  /** Makes requests for a file or `rpc:<method>` fail, in this order. */
  readonly fail: (name: string, ...faults: readonly Fault[]) => void;
  /** How long each file, not an answer to a question, is held back after its first half, in ms. */
  delayMs: number;
  /** Whether sizes and digests come with the configuration; else only when asked for. */
  packsMetadata: boolean;
  /** Closes it before the test ends. */
  readonly close: () => void;
}

/** Starts a server; it is closed when the test ends. */
export async function crdsServer(t: ExecutionContext): Promise<CrdsServer> {
  const files = servedFiles();
  const faults = new Map<string, Fault[]>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  t.teardown(close);
  const state: CrdsServer = {
    url,
    requests,
    fail: (name, ...added) => faults.set(name, [...(faults.get(name) ?? []), ...added]),
    delayMs: 0,
    packsMetadata: true,
    close,
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const posted = request.method === 'POST' ? await readJson(request) : undefined;
    const name =
      posted === undefined ? (request.url?.split('/').at(-1) ?? '') : `rpc:${posted.method}`;
    requests.push(name);
    const body = posted === undefined ? files.get(name) : rpcAnswer(posted, files, state);
    send(response, body, {
      fault: faults.get(name)?.shift(),
      delayMs: posted === undefined ? state.delayMs : 0,
    });
  }
  return state;
}

function servedFiles(): ReadonlyMap<string, Buffer> {
  const rules = [...smallRules()].map(([name, text]) => [name, Buffer.from(text)] as const);
  const references = smallContext.references.map((name) => [name, smallReference(name)] as const);
  return new Map([...rules, ...references]);
}

interface Question {
  readonly id: string;
  readonly method: string;
  readonly params: readonly unknown[];
}

async function readJson(request: IncomingMessage): Promise<Question> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString()) as Question;
}

function rpcAnswer(
  question: Question,
  files: ReadonlyMap<string, Buffer>,
  server: CrdsServer,
): Buffer {
  const results: Readonly<Record<string, () => unknown>> = {
    get_server_info: () => serverInfo(files, server),
    get_file_info_map: () => fileInfo(files),
    get_context_by_date: () => smallContext.name,
  };
  const result = results[question.method]?.();
  const error = result === undefined ? { message: 'unknown method &#39;x&#39;' } : null;
  return Buffer.from(JSON.stringify({ jsonrpc: '1.0', id: question.id, error, result }));
}

function serverInfo(files: ReadonlyMap<string, Buffer>, server: CrdsServer): unknown {
  const payload = gzipSync(JSON.stringify(fileInfo(files))).toString('base64');
  return {
    observatory: 'hst',
    operational_context: smallContext.name,
    edit_context: smallContext.name,
    versions_context: '',
    bad_files_list: ['old1234aj_bia.fits'],
    mapping_url: { hst: `${server.url}/unchecked_get/mappings/hst/` },
    reference_url: { hst: `${server.url}/unchecked_get/references/hst/` },
    ...(server.packsMetadata && {
      download_metadata: { crds_encoded: '1.0', crds_payload: payload },
    }),
  };
}

function fileInfo(files: ReadonlyMap<string, Buffer>): unknown {
  return Object.fromEntries(
    [...files].map(([name, bytes]) => [
      name,
      { size: String(bytes.length), sha1sum: createHash('sha1').update(bytes).digest('hex') },
    ]),
  );
}

function send(
  response: ServerResponse,
  body: Buffer | undefined,
  options: { readonly fault: Fault | undefined; readonly delayMs: number },
): void {
  const { fault, delayMs } = options;
  if (fault?.kind === 'status' || (body === undefined && fault?.kind !== 'body')) {
    response.writeHead(fault?.kind === 'status' ? fault.status : 404).end('no');
    return;
  }
  const bytes = faultyBytes(body ?? Buffer.alloc(0), fault);
  response.writeHead(200, {
    'Content-Length':
      fault?.kind === 'gone' || fault?.kind === 'stall' ? (body?.length ?? 0) : bytes.length,
  });
  const half = Math.ceil(bytes.length / 2);
  response.write(bytes.subarray(0, half), () => {
    if (fault?.kind === 'gone') response.destroy();
    else if (fault?.kind !== 'stall') setTimeout(() => response.end(bytes.subarray(half)), delayMs);
  });
}

function faultyBytes(body: Buffer, fault: Fault | undefined): Buffer {
  switch (fault?.kind) {
    case 'corrupt':
      return Buffer.alloc(body.length, 'x');
    case 'short':
      return body.subarray(0, body.length >> 1);
    case 'body':
      return Buffer.from(fault.text);
    case undefined:
    case 'gone':
    case 'stall':
    case 'status':
      return body;
  }
}
