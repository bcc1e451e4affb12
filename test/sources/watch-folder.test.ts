import { appendFile, mkdir, open, rename, rm, symlink, writeFile } from 'node:fs/promises';
import nodeFileSystem from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import { manyIds } from '../contract/source.ts';
import { dropAssociation, dropExposure } from '../helpers/drop.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';
import { until } from '../helpers/until.ts';
import { quick, watchedDrop, watching } from '../helpers/watched-drop.ts';

const id = 'j8zz02a1q';
/** How often the race is run: 3 times, or as often as `CALDP_WATCH_RACES` says. */
const races = Number(process.env['CALDP_WATCH_RACES'] ?? 3);

for (const mode of ['auto', 'events', 'poll'] as const) {
  test.serial(
    `150 datasets, each a new folder, a temporary file and a rename, all come: ${mode}`,
    async (t) => {
      t.timeout(60_000 * races);
      for (let race = 0; race < races; race += 1) {
        const { root, reader } = await watchedDrop(t, { mode, interval: 200, quiet: 200 });
        const ids = manyIds(150);
        for (const each of ids) await dropExposure(join(root, each), { id: each });
        await reader.requests(150);
        t.deepEqual([...reader.ids].sort(), ids);
        reader.stop();
        await reader.ended;
      }
    },
  );
}

test('a writer that pauses between blocks is waited for, whatever the pause', async (t) => {
  const { root, source, reader } = await watchedDrop(t);
  const bytes = Buffer.concat([tinyFits({ NEXTEND: '1' }), extension()]);
  const file = await open(join(root, `${id}_raw.fits`), 'w');
  t.teardown(() => file.close());
  await file.write(bytes.subarray(0, 2880));
  await until(() => source.waiting()[0]?.code === 'FILE_DAMAGED');
  await reader.isQuiet();
  await file.write(bytes.subarray(2880, 4000));
  await reader.isQuiet();
  await until(() =>
    /j8zz02a1q_raw\.fits` is not a whole FITS/.test(source.waiting()[0]?.reason ?? ''),
  );
  await file.write(bytes.subarray(4000));
  await reader.requests(1);
  t.deepEqual(source.waiting(), []);
});

test('a file that grows all the while is not given out until it rests', async (t) => {
  const { root, reader } = await watchedDrop(t, { interval: 200, quiet: 200 });
  const path = join(root, `${id}_raw.fits`);
  await writeFile(path, tinyFits());
  for (let times = 0; times < 30; times += 1) {
    await appendFile(path, Buffer.alloc(2880));
    await delay(20);
  }
  const stopped = performance.now();
  await reader.requests(1);
  t.true((reader.times[0] ?? 0) > stopped);
});

test('a whole folder that is renamed in is found with all its files', async (t) => {
  const { root, reader } = await watchedDrop(t);
  const outside = join(root, '..', 'outside', 'visit');
  await dropExposure(outside, { id: 'j8zz01a1q' });
  await dropExposure(outside, { id: 'j8zz01a2q' });
  dropAssociation(outside, { id: 'j8zz01010', members: ['j8zz01a1q', 'j8zz01a2q'] });
  await rename(outside, join(root, 'visit'));
  await reader.requests(1);
  await reader.isQuiet();
  t.deepEqual(reader.ids, ['j8zz01010']);
});

test('links to files are followed, links to nothing and to folders are left alone', async (t) => {
  const { root, reader } = await watchedDrop(t);
  const outside = join(root, '..', 'outside');
  await dropExposure(outside, { id });
  await dropExposure(outside, { id: 'j8zz02a2q' });
  await symlink(join(outside, 'nothing'), join(root, 'j8zz02a3q_raw.fits'));
  await symlink(outside, join(root, 'folder'));
  await symlink(join(outside, `${id}_raw.fits`), join(root, `${id}_raw.fits`));
  await reader.requests(1);
  await reader.isQuiet();
  t.deepEqual(reader.ids, [id]);
  await writeFile(join(outside, 'nothing'), tinyFits());
  await reader.requests(2);
  t.is(reader.ids[1], 'j8zz02a3q');
});

for (const code of ['EACCES', 'EIO', 'ESTALE', 'EMFILE']) {
  test(`a folder that cannot be listed (${code}) is told, and nothing is forgotten`, async (t) => {
    let broken = false;
    const readdir = (async (...args: Parameters<typeof nodeFileSystem.readdir>) => {
      if (broken) throw Object.assign(new Error(`${code}: injected`), { code });
      return nodeFileSystem.readdir(...args);
    }) as typeof nodeFileSystem.readdir;
    const fileSystem = { ...nodeFileSystem, readdir };
    const { root, source, reader, reports } = await watchedDrop(t, {
      ...quick,
      mode: 'poll',
      fileSystem,
    });
    await dropExposure(root, { id });
    await reader.requests(1);
    broken = true;
    await dropExposure(root, { id: 'j8zz02a2q' });
    await until(() => source.health().problems.length === 1);
    t.like(source.health().problems[0], { code: 'WATCH_UNREADABLE', subject: root });
    broken = false;
    await reader.requests(2);
    await until(() => source.health().problems.length === 0);
    t.deepEqual(
      reports.map(({ kind }) => kind),
      ['degraded', 'recovered'],
    );
    t.deepEqual(reader.ids, [id, 'j8zz02a2q']);
  });
}

for (const mode of ['events', 'poll'] as const) {
  test(`a drop folder that comes late, goes and comes again is told and recovered: ${mode}`, async (t) => {
    const root = join(await temporaryFolder(t), 'drop');
    const { source, reader, reports } = watching(t, root, { ...quick, mode });
    await until(() => source.health().problems[0]?.code === 'WATCH_ROOT_MISSING');
    for (const each of ['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q']) {
      await mkdir(root);
      await dropExposure(join(root, 'deep', 'er'), { id: each });
      await until(() => reader.ids.includes(each));
      await until(() => source.health().mode === mode);
      await rm(root, { recursive: true });
      await until(() => source.health().problems.length === 1);
    }
    t.deepEqual(
      reports.map(({ kind }) => kind),
      ['degraded', 'recovered', 'degraded', 'recovered', 'degraded', 'recovered', 'degraded'],
    );
  });
}

test('an association waits for each of its members, which may lie in other folders', async (t) => {
  const { root, source, reader, reports } = await watchedDrop(t, {
    ...quick,
    incompleteAfter: 200,
  });
  await mkdir(join(root, 'a'));
  dropAssociation(join(root, 'a'), { id: 'j8zz01010', members: ['j8zz01a1q', 'j8zz01a2q'] });
  await dropExposure(join(root, 'a'), { id: 'j8zz01a1q' });
  await until(() => source.waiting()[0]?.code === 'MEMBER_MISSING');
  t.regex(source.waiting()[0]?.reason ?? '', /`j8zz01a2q`/);
  await until(() => reports.length > 0);
  t.like(reports, [{ kind: 'waiting', waiting: { id: 'j8zz01010', code: 'MEMBER_MISSING' } }]);
  t.deepEqual(reader.ids, []);
  await dropExposure(join(root, 'b'), { id: 'j8zz01a2q' });
  await reader.requests(1);
  await reader.isQuiet();
  t.deepEqual(reader.ids, ['j8zz01010']);
  const { signal } = new AbortController();
  const digests = await source.inputs.identify(parseDatasetName('j8zz01010'), { signal });
  t.deepEqual(
    digests.map(({ name }) => name),
    ['j8zz01010_asn.fits', 'j8zz01a1q_raw.fits', 'j8zz01a2q_raw.fits'],
  );
});

test('removing an association table first does not make its members datasets', async (t) => {
  const { root, reader } = await watchedDrop(t);
  await dropExposure(root, { id: 'j8zz01a1q' });
  const table = dropAssociation(root, { id: 'j8zz01010', members: ['j8zz01a1q'] });
  await reader.requests(1);
  await rm(join(root, table));
  await rm(join(root, 'j8zz01a1q_raw.fits'));
  await reader.isQuiet();
  t.deepEqual(reader.ids, ['j8zz01010']);
});

test('an exposure whose header names an association that is not there waits for it', async (t) => {
  const { root, source, reader } = await watchedDrop(t);
  await writeFile(join(root, 'j8zz01a1q_raw.fits'), tinyFits({ ASN_ID: "'J8ZZ01010'" }));
  await until(() => source.waiting()[0]?.code === 'ASSOCIATION_MISSING');
  await reader.isQuiet();
  dropAssociation(root, { id: 'j8zz01010', members: ['j8zz01a1q'] });
  await reader.requests(1);
  t.deepEqual(reader.ids, ['j8zz01010']);
  t.deepEqual(source.waiting(), []);
});

test('with markers only what is marked is taken, at once, and only when it is all there', async (t) => {
  const { root, source, reader } = await watchedDrop(t, {
    ...quick,
    quiet: 60_000,
    readyMarker: true,
  });
  await dropExposure(root, { id });
  await until(() => source.waiting()[0]?.code === 'MARKER_MISSING');
  await writeFile(join(root, `${id}.ready`), '');
  await reader.requests(1);
  dropAssociation(root, { id: 'j8zz01010', members: ['j8zz01a1q'] });
  await writeFile(join(root, 'j8zz01010.ready'), '');
  await until(() => source.waiting()[0]?.code === 'MEMBER_MISSING');
  await dropExposure(root, { id: 'j8zz01a1q' });
  await reader.requests(2);
  t.deepEqual(reader.ids, [id, 'j8zz01010']);
});

test('once takes what is there and complete, and is done', async (t) => {
  const root = await temporaryFolder(t);
  await dropExposure(join(root, 'x'), { id });
  dropAssociation(root, { id: 'j8zz01010', members: ['j8zz01a1q'] });
  const { source, reader } = watching(t, root, { until: 'once', interval: 100 });
  t.is(await reader.ended, undefined);
  t.deepEqual(reader.ids, [id]);
  t.like(source.waiting(), [{ id: 'j8zz01010', code: 'MEMBER_MISSING' }]);
});

test('until idle goes on while things come, and is done when nothing has for a while', async (t) => {
  const { root, reader } = await watchedDrop(t, { interval: 60, quiet: 300, until: 'idle' });
  for (const each of ['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q']) {
    await dropExposure(root, { id: each });
    await delay(150);
  }
  t.is(await reader.ended, undefined);
  t.deepEqual(reader.ids, ['j8zz02a1q', 'j8zz02a2q', 'j8zz02a3q']);
});

test('a single run on a folder that is not there is an error', async (t) => {
  const root = join(await temporaryFolder(t), 'none');
  const { reader } = watching(t, root, { until: 'once', interval: 100 });
  const error = await reader.ended;
  t.true(error instanceof CaldpError && error.code === 'WATCH_ROOT_MISSING');
});

test('from the last byte to the request less than two intervals pass', async (t) => {
  const { root, reader } = await watchedDrop(t, { mode: 'poll', interval: 1000, quiet: 1 });
  await delay(350);
  await dropExposure(root, { id });
  const written = performance.now();
  await reader.requests(1);
  const latency = (reader.times[0] ?? Infinity) - written;
  t.log(`${latency.toFixed(0)} ms at an interval of 1000 ms`);
  t.true(latency < 2000, `${String(latency)} ms`);
});

function extension(): Buffer {
  const cards = [
    "XTENSION= 'IMAGE   '",
    'BITPIX  =                   16',
    'NAXIS   =                    0',
  ]
    .concat(['PCOUNT  =                    0', 'GCOUNT  =                    1', 'END'])
    .map((card) => card.padEnd(80))
    .join('');
  return Buffer.from(cards.padEnd(2880), 'latin1');
}
