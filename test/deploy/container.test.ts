import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { containerSite, type ContainerSite, type StartedContainer } from '../helpers/container.ts';
import { until } from '../helpers/until.ts';

const config = '--config=/simulated/configuration.sh';
const daemon = [
  ...['caldp', 'daemon', '--source=file:/drop', '--output=file:/archive', config],
  ...['--interval=0.5s', '--quiet=0.5s', '--min-free=0', '--grace=60s', '--log-level=debug'],
];
const soon = { deadline: 120_000 };

/** Simulates the data of a case in a container; answers the name of its dataset. */
async function simulated(site: ContainerSite, name: string): Promise<string> {
  const run = await site.once('caldp', 'simulate', '--case', name, '-o', '/simulated');
  if (run.exitCode !== 0) throw new Error(run.text);
  const [first = ''] = await readdir(join(site.folder('simulated'), 'raw'));
  return first.slice(0, 9);
}

function drop(site: ContainerSite): Promise<void> {
  return cp(join(site.folder('simulated'), 'raw'), site.folder('drop'), { recursive: true });
}

async function logs(container: StartedContainer, pattern: RegExp): Promise<void> {
  await until(async () => pattern.test(await container.log()), soon);
}

async function published(site: ContainerSite): Promise<readonly string[]> {
  const names = await readdir(site.folder('archive'), { recursive: true });
  return names.sort();
}

test.serial('a dataset that is dropped is published, and the container is healthy', async (t) => {
  t.timeout(300_000);
  const site = await containerSite(t);
  if (site === undefined) return;
  const id = await simulated(site, 'hrc-crsplit');
  const container = await site.start(...daemon);
  await until(async () => (await container.health()).exitCode === 0, soon);
  await drop(site);
  await logs(container, /"msg":"dataset published"/);
  const names = await published(site);
  for (const name of [
    `data/acs/${id}/${id.slice(0, 8)}1_crj.fits`,
    `data/acs/${id}/logs/manifest.json`,
    `messages/dataset-processed/${id}`,
  ]) {
    t.true(names.includes(name), `${name} is not among ${names.join(' ')}`);
  }
  t.true(names.some((name) => name.startsWith(`data/acs/${id}/previews/`)));
  t.regex((await container.health()).text, /"status":"ok"/);
  await container.signal('TERM');
  t.is(await container.ended(), 0);
  t.regex(await container.log(), /"msg":"daemon ended"/);
});

test.serial('SIGTERM drains; a second one aborts; each start goes on', async (t) => {
  t.timeout(600_000);
  const site = await containerSite(t);
  if (site === undefined) return;
  const id = await simulated(site, 'wfc');
  const message = `messages/dataset-processed/${id}`;
  await drop(site);
  const container = await site.start(...daemon);
  await logs(container, /"stage":"calibrate","msg":"stage started"/);
  await container.signal('TERM');
  await logs(container, /No further dataset is begun/);
  await container.signal('TERM');
  t.is(await container.ended(), 143);
  t.deepEqual(
    (await published(site)).filter((name) => name.endsWith(id) && !name.startsWith('.')),
    [],
  );
  await container.again();
  await logs(container, /daemon started[^]*daemon started[^]*"calibrate","msg":"stage started"/);
  await container.signal('TERM');
  t.is(await container.ended(), 0, await container.log());
  t.true((await published(site)).includes(message));
  await container.again();
  await logs(container, /"msg":"dataset skipped"/);
  await container.signal('TERM');
  t.is(await container.ended(), 0);
});

test.serial('a container that is killed is followed by one that goes on', async (t) => {
  t.timeout(600_000);
  const site = await containerSite(t);
  if (site === undefined) return;
  const id = await simulated(site, 'wfc');
  await drop(site);
  const container = await site.start(...daemon);
  await logs(container, /"stage":"calibrate","msg":"stage started"/);
  await container.signal('KILL');
  t.is(await container.ended(), 137);
  const next = await site.start(...daemon);
  await logs(next, /"msg":"dataset published"/);
  t.true((await published(site)).includes(`messages/dataset-processed/${id}`));
  await next.signal('TERM');
  t.is(await next.ended(), 0);
});

test.serial('a container that runs no daemon is not unhealthy', async (t) => {
  t.timeout(300_000);
  const site = await containerSite(t);
  if (site === undefined) return;
  const container = await site.start('sleep', '60');
  const { exitCode, text } = await container.health();
  t.is(exitCode, 0, text);
  t.regex(text, /No daemon runs here/);
});

test.serial('one dataset is processed by a container that ends', async (t) => {
  t.timeout(300_000);
  const site = await containerSite(t);
  if (site === undefined) return;
  const id = await simulated(site, 'hrc-crsplit');
  await drop(site);
  const places = ['--input=file:/drop', '--output=file:/archive'];
  const { exitCode, text } = await site.once('caldp', 'process', id, ...places, config);
  t.is(exitCode, 0, text);
  t.true((await published(site)).includes(`messages/dataset-processed/${id}`));
});
