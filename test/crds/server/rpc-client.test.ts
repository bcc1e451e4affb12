import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { crdsSettings } from '../../../src/crds/configuration/crds-settings.ts';
import { rpcClient, type RpcClient } from '../../../src/crds/server/rpc-client.ts';
import { crdsServer, type CrdsServer } from '../../helpers/crds-server.ts';
import { never } from '../../helpers/folder-rules.ts';
import { smallContext } from '../../helpers/small-context.ts';

const question = { params: ['hst-2019-01-01', 'hst'], signal: never } as const;
const method = 'get_context_by_date';

async function setUp(
  t: ExecutionContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly server: CrdsServer; readonly rpc: RpcClient }> {
  const server = await crdsServer(t);
  const settings = crdsSettings({ CRDS_SERVER_URL: server.url, ...environment });
  return { server, rpc: rpcClient(settings) };
}

test('a question is answered', async (t) => {
  const { rpc } = await setUp(t);
  t.is(await rpc.call(method, question), smallContext.name);
});

test('an error of the server is told in its words and not asked for again', async (t) => {
  const { server, rpc } = await setUp(t, { CRDS_CLIENT_RETRY_COUNT: '3' });
  const error = await t.throwsAsync(rpc.call('no_such_method', question), {
    instanceOf: CaldpError,
    message: "CRDS jsonrpc failure 'no_such_method' unknown method 'x'",
  });
  t.is(error.retry, 'never');
  t.is(server.requests.length, 1);
});

for (const [name, fault, message] of [
  ['is in trouble', { kind: 'status', status: 502 }, /answered 502/],
  [
    'answers with a page',
    { kind: 'body', text: '<html>login</html>' },
    /no JSON-RPC: "<html>login/,
  ],
  ['hangs up half-way', { kind: 'gone' }, /cannot be asked/],
  ['falls silent', { kind: 'stall' }, /no answer in 1 s/],
] as const) {
  test(`a server that ${name} is asked again, as often as the environment says`, async (t) => {
    const { server, rpc } = await setUp(t, {
      CRDS_CLIENT_RETRY_COUNT: '2',
      CRDS_CLIENT_TIMEOUT_SECONDS: '1',
    });
    server.fail(`rpc:${method}`, fault);
    t.is(await rpc.call(method, question), smallContext.name);
    server.fail(`rpc:${method}`, fault, fault);
    const error = await t.throwsAsync(rpc.call(method, question), {
      instanceOf: CaldpError,
      message,
    });
    t.is(error.retry, 'backoff');
  });
}

test('a packed result that is damaged is an error', async (t) => {
  const { server, rpc } = await setUp(t);
  const result = { crds_encoded: '1.0', crds_payload: 'AAAA' };
  server.fail(`rpc:${method}`, { kind: 'body', text: JSON.stringify({ error: null, result }) });
  await t.throwsAsync(rpc.call(method, question), { message: /cannot be decoded/ });
});

test('a question that is aborted ends with the reason', async (t) => {
  const { server, rpc } = await setUp(t);
  server.fail(`rpc:${method}`, { kind: 'stall' });
  const controller = new AbortController();
  const waiting = rpc.call(method, { ...question, signal: controller.signal });
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 100);
  await t.throwsAsync(waiting, { message: 'enough' });
});
