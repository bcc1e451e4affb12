import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { commandSite } from '../helpers/command-site.ts';
import { runningDaemon } from '../helpers/running-daemon.ts';
import { until } from '../helpers/until.ts';

const id = 'j8zz02a1q';
const soon = { deadline: 60_000 };

test.serial('a dataset goes through and everything that is served tells so', async (t) => {
  const { drop, get, run } = await runningDaemon(t);
  const { body: before } = await get('/metrics');
  t.regex(before, /^caldp_datasets_total\{outcome="published"\} 0$/m);
  await until(async () => (await get('/readyz')).status === 200, soon);
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets?state=published')).body.includes(id), soon);
  const detail: unknown = JSON.parse((await get(`/api/datasets/${id}`)).body);
  t.like(detail, { id, state: 'published', attempt: 1 });
  t.regex((await get(`/api/datasets/${id}`)).body, /"stage":"calibrate","started":"[^"]+"/);
  t.regex((await get(`/api/datasets/${id}/log`)).body, /args: /);
  t.regex((await get(`/api/datasets/${id}/files/logs/manifest.json`)).body, /"sha256"/);
  const { body } = await get('/metrics');
  t.regex(body, /^caldp_datasets_total\{outcome="published"\} 1$/m);
  t.regex(body, /^caldp_stage_duration_seconds_count\{stage="calibrate"\} 1$/m);
  t.regex(body, /^caldp_in_flight_datasets 0$/m);
  t.regex(body, /^caldp_ready 1$/m);
  t.is((await get('/healthz')).status, 200);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0, run.err());
  t.regex(run.err(), /"msg":"daemon ended"\}\n$/);
});

test.serial('only what is meant to be read can be read', async (t) => {
  const { drop, get, folder } = await runningDaemon(t);
  await writeFile(join(folder, 'secret.txt'), 'secret');
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets?state=published')).body.includes(id), soon);
  for (const path of [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/page.js/../../package.json',
    `/api/datasets/${id}/files/../../../../../secret.txt`,
    `/api/datasets/${id}/files/..%2f..%2f..%2f..%2fsecret.txt`,
    `/api/datasets/${id}/files/${id}_flt.fits`,
    `/api/datasets/${id}/files/%00`,
    `/api/datasets/${id}/files/%E0%A4`,
    '/api/datasets/..%2f..',
    '/api/datasets/__proto__',
    '/__proto__',
    '/constructor',
  ]) {
    const { status, body } = await get(path);
    t.is(status, 404, path);
    t.notRegex(body, /secret|devDependencies/);
  }
  t.is((await get('//')).status, 404);
  t.is((await get('/', { method: 'POST' })).status, 405);
  t.is((await get('/', { method: 'DELETE' })).status, 405);
  t.is((await get('/', { headers: { host: 'evil.example' } })).status, 403);
  const page = await get('/');
  t.regex(String(page.headers['content-security-policy']), /default-src 'none'/);
  t.is(page.headers['x-content-type-options'], 'nosniff');
  t.is((await get('/', { method: 'HEAD' })).body, '');
});

test.serial('datasets are paged and filtered, and nonsense in a query harms nobody', async (t) => {
  const { drop, get } = await runningDaemon(t, { calacs: 'lacks-memory' });
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets?state=failed')).body.includes(id), soon);
  const failed: unknown = JSON.parse((await get('/api/datasets?state=failed&search=J8ZZ')).body);
  t.like(failed, { total: 1, datasets: [{ id, error: { code: 'MEMORY_SHORT', exitCode: 31 } }] });
  t.like(JSON.parse((await get('/api/datasets?offset=1')).body), { total: 1, datasets: [] });
  t.like(JSON.parse((await get('/api/datasets?search=nothing')).body), { total: 0 });
  t.like(JSON.parse((await get('/api/datasets?limit=-1&offset=x&state=y')).body), { total: 1 });
  t.is((await get(`/api/datasets/${id}/log`)).status, 200);
});

test.serial('it is not ready without its folder or without space, and says why', async (t) => {
  const { drop, get } = await runningDaemon(t);
  await until(async () => (await get('/readyz')).status === 200, soon);
  await rm(drop, { recursive: true });
  await until(async () => (await get('/readyz')).status === 503, soon);
  t.regex((await get('/readyz')).body, /The drop folder `[^`]+` is not there/);
  t.is((await get('/healthz')).status, 200);
  await mkdir(drop);
  await until(async () => (await get('/readyz')).status === 200, soon);
  const short = await runningDaemon(t, { args: ['--min-free', '9000T'] });
  await until(async () => (await short.get('/readyz')).body.includes('are free for'), soon);
  t.is((await short.get('/readyz')).status, 503);
});

test.serial('while it drains it is alive, not ready, and lets the dataset finish', async (t) => {
  const { drop, get, run } = await runningDaemon(t, {
    calacs: 'runs-long',
    args: ['--grace', '2s'],
  });
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets')).body.includes('"calibrate"'), soon);
  run.child.kill('SIGTERM');
  await until(async () => (await get('/readyz')).body.includes('Told to stop'), soon);
  t.is((await get('/healthz')).status, 200);
  t.is(await run.ended, 143);
  t.regex(run.err(), /"exitCode":143,"msg":"daemon ended"\}\n$/);
});

test.serial('readers of its output that stop reading do not stop the work', async (t) => {
  const { drop, get, run } = await runningDaemon(t, { args: ['--json'] });
  run.child.stdout?.destroy();
  run.child.stderr?.destroy();
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets?state=published')).body.includes(id), soon);
  t.is((await get('/readyz')).status, 200);
  run.child.kill('SIGTERM');
  t.is(await run.ended, 0);
});

test.serial('what an earlier run did is shown after a restart', async (t) => {
  const { drop, start, get, run } = await runningDaemon(t);
  simulatedDatasets.exposure(drop);
  await until(async () => (await get('/api/datasets?state=published')).body.includes(id), soon);
  run.child.kill('SIGTERM');
  await run.ended;
  await rm(drop, { recursive: true });
  const args = ['daemon', '--source', 'drop', '-o', 'out', '--http', '127.0.0.1:0'];
  const second = start(...args, '--references', 'keep', '--min-free', '0');
  await until(() => second.err().includes('daemon started'), soon);
  const url = /"url":"([^"]+)"/.exec(second.err())?.[1] ?? '';
  await until(async () => (await (await fetch(`${url}/api/datasets`)).text()).includes(id), soon);
  t.pass();
});

test.serial('an address that is taken is one clear line and exit 2', async (t) => {
  const { url } = await runningDaemon(t);
  const { start } = await commandSite(t);
  const run = start('daemon', '--source', 'drop', '-o', 'out', '--http', new URL(url).host);
  t.is(await run.ended, 2);
  t.regex(run.err(), /cannot be listened on.*HTTP_UNAVAILABLE/);
});
