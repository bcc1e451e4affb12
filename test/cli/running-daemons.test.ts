import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { daemonUrl, runningDaemons } from '../../src/cli/running-daemons.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { until } from '../helpers/until.ts';

for (const [line, url] of [
  ['node /usr/local/bin/caldp daemon -s file:/drop', 'http://127.0.0.1:8080'],
  ['/usr/local/bin/node --max-old-space-size=512 /x/cli/main.js daemon', 'http://127.0.0.1:8080'],
  ['node dist/program/caldp.cjs daemon', 'http://127.0.0.1:8080'],
  ['caldp daemon --http 0.0.0.0:9000 -o x', 'http://127.0.0.1:9000'],
  ['caldp daemon --http=[::]:9000', 'http://[::1]:9000'],
  ['caldp daemon --http=[fe80::1]:9000', 'http://[fe80::1]:9000'],
  ['caldp daemon --http 10.0.0.1:1 --http 10.0.0.2:2', 'http://10.0.0.2:2'],
  ['caldp daemon --http', 'http://127.0.0.1:8080'],
  ['caldp daemon --http nonsense', undefined],
  ['/usr/local/bin/tini -- caldp daemon', undefined],
  ['sh -c caldp daemon', undefined],
  ['node /usr/local/bin/caldp process daemon', undefined],
  ['node /usr/local/bin/caldp', undefined],
  ['node', undefined],
  ['', undefined],
] as const) {
  test(`\`${line}\` serves ${url ?? 'nothing'}`, (t) => {
    t.is(daemonUrl(line.split(' ')), url);
  });
}

test('a daemon is found while it runs, and not after it was killed', async (t) => {
  const script = join(await temporaryFolder(t), 'caldp');
  await writeFile(script, 'setInterval(() => {}, 1000);');
  const child = spawn(process.execPath, [script, 'daemon', '--http', '127.0.0.1:4711']);
  t.teardown(() => child.kill('SIGKILL'));
  const found = async (): Promise<string | undefined> =>
    (await runningDaemons({ fileSystem: fs })).find(({ pid }) => pid === child.pid)?.url;
  if (process.platform !== 'linux') {
    t.is(await found(), undefined);
    return;
  }
  await until(async () => (await found()) === 'http://127.0.0.1:4711');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  t.is(await found(), undefined);
});
