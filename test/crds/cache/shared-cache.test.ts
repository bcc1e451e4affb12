import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { crdsServer, type CrdsServer } from '../../helpers/crds-server.ts';
import { smallContext, smallReference } from '../../helpers/small-context.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const program = fileURLToPath(new URL('../../fixtures/crds-ensure.ts', import.meta.url));

function start(cache: string, server: CrdsServer) {
  return execa('node', ['--import=tsx/esm', program, cache, server.url], {
    env: { NODE_OPTIONS: '' },
    reject: false,
  });
}

async function checkCache(t: ExecutionContext, cache: string): Promise<void> {
  const folder = join(cache, 'references', 'hst', 'acs');
  t.deepEqual((await readdir(folder)).sort(), [...smallContext.references].sort());
  for (const name of smallContext.references) {
    t.true(smallReference(name).equals(await readFile(join(folder, name))), name);
  }
}

/** Fails the test when a file of the cache is ever seen with fewer bytes than it has. */
async function watchForParts(cache: string, signal: AbortSignal): Promise<readonly string[]> {
  const partial: string[] = [];
  while (!signal.aborted) {
    for (const name of smallContext.references) {
      const path = join(cache, 'references', 'hst', 'acs', name);
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined && found.size !== smallReference(name).length) partial.push(name);
    }
    await delay(5);
  }
  return partial;
}

test('eight processes on one empty cache fetch each file once and never see a part of one', async (t) => {
  const server = await crdsServer(t);
  server.delayMs = 200;
  const cache = await temporaryFolder(t);
  const controller = new AbortController();
  const watching = watchForParts(cache, controller.signal);
  const results = await Promise.all(Array.from({ length: 8 }, () => start(cache, server)));
  controller.abort();
  t.deepEqual(await watching, []);
  t.deepEqual(
    results.map(({ exitCode, stderr }) => [exitCode, stderr]),
    Array(8).fill([0, '']),
  );
  const fetched = results.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
  t.deepEqual(fetched.sort(), [...smallContext.references].sort());
  const asked = server.requests.filter((name) => !name.startsWith('rpc:'));
  t.deepEqual([...asked].sort(), [...smallContext.references].sort());
  await checkCache(t, cache);
});

test('a process that is killed while it fetches holds up nobody and leaves nothing', async (t) => {
  const server = await crdsServer(t);
  server.delayMs = 60_000;
  const cache = await temporaryFolder(t);
  const victim = start(cache, server);
  await until(() => server.requests.filter((name) => !name.startsWith('rpc:')).length === 3);
  const others = [start(cache, server), start(cache, server)];
  await until(() => server.requests.filter((name) => name === 'rpc:get_server_info').length === 3);
  server.delayMs = 0;
  victim.kill('SIGKILL');
  const results = await Promise.all(others);
  t.deepEqual(
    results.map(({ exitCode }) => exitCode),
    [0, 0],
  );
  t.is((await victim).signal, 'SIGKILL');
  await checkCache(t, cache);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('what was waited for did not come in 30 s');
    await delay(10);
  }
}
