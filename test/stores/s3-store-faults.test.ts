import { randomBytes, randomInt } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { openS3Store } from '../../src/stores/open-s3-store.ts';
import { reachBucket } from '../../src/stores/s3/bucket.ts';
import type { S3Options } from '../../src/stores/s3/s3-options.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { keysOf, storeContract, text } from '../contract/store.ts';
import { gatewayOptions, newBucket } from '../helpers/bucket.ts';
import { BucketStores } from '../helpers/bucket-stores.ts';
import { seededPlan, startFaultProxy, type Fault } from '../helpers/fault-proxy.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { sourceFile } from '../helpers/source-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const passing: readonly Fault[] = [
  'stall-before',
  'reset-before',
  'stall-after',
  'reset-after',
  'stall-body',
  'cut-body',
  'busy',
];
const impatient = { connection: 5_000, stall: 1_500, request: 10_000 };
const seed = Number(process.env['CALDP_TEST_SEED'] ?? randomInt(2 ** 31));

if (gateway === undefined) {
  test('a bucket is a store although the network fails', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const stores = new BucketStores();
  storeContract(test, {
    name: 's3 store behind faults',
    make: async (t) => {
      t.log(`seed ${seed}`);
      const plan = seededPlan(seed, { rate: 0.08, faults: passing });
      const proxy = await startFaultProxy(gateway, plan);
      t.teardown(() => proxy.stop());
      const { endpoint } = proxy;
      return stores.on(await newBucket(gateway, { endpoint, timeouts: impatient, tries: 9 }));
    },
    again: (store) => stores.again(store),
    refusesKeyBelowObject: false,
    swapsFoldersAtOnce: false,
    timeForKeys: 15_000,
  });

  /** A store behind a proxy, and the same with short waits. */
  const behind = async (t: ExecutionContext) => {
    const proxy = await startFaultProxy(gateway);
    t.teardown(() => proxy.stop());
    const { endpoint } = proxy;
    const { name } = await newBucket(gateway);
    const reach = (timeouts: S3Options) =>
      stores.on(
        reachBucket(
          { bucket: name, prefix: '' },
          { ...gatewayOptions(gateway), endpoint, tries: 3, role: 'output', ...timeouts },
        ),
      );
    return { proxy, store: reach({}), hasty: reach({ timeouts: { ...impatient, stall: 300 } }) };
  };

  for (const fault of passing) {
    test(`what is ${fault} every time is told as worth another try, with exit 25`, async (t) => {
      const { proxy, store, hasty } = await behind(t);
      await store.write('a', 'x'.repeat(10_000));
      proxy.plan(() => fault);
      const error = await t.throwsAsync(() => hasty.read('a'), { instanceOf: CaldpError });
      t.is(error.retry, 'backoff', error.message);
      t.is(error.exitCode, 25);
      t.true(['S3_UNREACHABLE', 'STORE_FAILED'].includes(error.code), error.code);
      t.is(proxy.made.get(fault), 3);
      t.regex(error.message, /^Could not read `a` in `s3:\/\/|ended after/);
    });
  }

  test('an answer that there is nothing, cut off, is no refusal', async (t) => {
    const { proxy, store } = await behind(t);
    let cut = 0;
    proxy.plan(() => ((cut += 1) === 1 ? 'cut-body' : undefined));
    t.is(await store.read('none'), undefined);
    t.is(proxy.requests.length, 2);
  });

  test('a refusal is told at once and not tried again', async (t) => {
    const { proxy, store } = await behind(t);
    proxy.plan(() => 'denied');
    const body = randomBytes(6 * 1024 * 1024);
    const file = await sourceFile(await temporaryFolder(t), { name: 'f', body });
    const calls = {
      read: () => store.read('a'),
      write: () => store.write('a', 'x'),
      create: () => store.create('a', 'x'),
      stat: () => store.stat('a'),
      remove: () => store.remove('a'),
      list: () => keysOf(store, ''),
      putFile: () => store.putFile('f', file),
      sweep: () => store.sweep(''),
    };
    for (const [name, call] of Object.entries(calls)) {
      const before = proxy.requests.length;
      const error = await t.throwsAsync(call, { instanceOf: CaldpError }, name);
      t.is(error.code, 'STORE_DENIED', name);
      t.is(error.retry, 'never', name);
      t.is(proxy.requests.length, before + 1, name);
    }
  });

  test('an upload whose part is refused leaves neither an object nor parts', async (t) => {
    const { proxy, store } = await behind(t);
    const body = randomBytes(21 * 1024 * 1024);
    const file = await sourceFile(await temporaryFolder(t), { name: 'f', body });
    proxy.plan(({ url }) => (url.includes('partNumber=3') ? 'denied' : undefined));
    await t.throwsAsync(() => store.putFile('data/f', file), { instanceOf: CaldpError });
    t.deepEqual(await keysOf(store, ''), []);
    t.true(proxy.requests.some(({ method, url }) => method === 'DELETE' && /uploadId/.test(url)));
  });

  test('a create whose answer was lost is known as ours, and one by another is not', async (t) => {
    const { proxy, store } = await behind(t);
    let lost = 0;
    proxy.plan(({ method }) => (method === 'PUT' && (lost += 1) === 1 ? 'reset-after' : undefined));
    t.true(await store.create('a', 'same'));
    t.false(await store.create('a', 'same'));
  });

  test('a folder that cannot be completed has no last file', async (t) => {
    const { proxy, store } = await behind(t);
    const folder = await temporaryFolder(t);
    const files = (version: string) =>
      Promise.all(
        ['a', 'b', 'manifest.json'].map((name) =>
          sourceFile(folder, { name, body: version + name }),
        ),
      );
    await store.replaceFolder('data/id', await files('1'));
    proxy.plan(({ method, url }) =>
      method === 'PUT' && url.includes('/b') ? 'denied' : undefined,
    );
    const next = await files('2');
    await t.throwsAsync(() => store.replaceFolder('data/id', next), { instanceOf: CaldpError });
    t.deepEqual(
      (await keysOf(store, '')).filter((key) => key.endsWith('.json')),
      [],
    );
    proxy.plan(() => undefined);
    await store.replaceFolder('data/id', next);
    t.is(await text(store, 'data/id/b'), '2b');
    t.is(await text(store, 'data/id/manifest.json'), '2manifest.json');
  });

  test('opening says what is wrong with the credentials, the bucket or the server', async (t) => {
    const { name } = await newBucket(gateway);
    const options = { ...gatewayOptions(gateway), tries: 1 };
    const { accessKeyId, secretAccessKey } = gateway.credentials;
    const place = { bucket: name, prefix: 'x' };
    const cases = [
      ['S3_BUCKET_MISSING', { bucket: `${name}-not`, prefix: '' }, {}],
      ['S3_CREDENTIALS', place, { credentials: { accessKeyId: 'NOBODY', secretAccessKey } }],
      ['S3_CREDENTIALS', place, { credentials: { accessKeyId, secretAccessKey: 'wrong' } }],
      ['S3_UNREACHABLE', place, { endpoint: 'http://127.0.0.1:9' }],
    ] as const;
    for (const [code, where, change] of cases) {
      const opening = () => openS3Store(where, { ...options, ...change });
      const error = await t.throwsAsync(opening, { instanceOf: CaldpError });
      t.is(error.code, code, error.message);
      t.is(error.exitCode, 25);
      t.false(error.message.includes('\n'));
      t.log(`${error.message} ${error.advice}`);
    }
    t.is((await openS3Store(place, options)).uri, `s3://${name}/x`);
  });

  test('another user is denied and a quota is full: both never tried again', async (t) => {
    const keys = ['--access-key=OTHERACCESSKEY000000', '--secret-key=othersecret00000000000000'];
    await gateway.admin(['user', 'create', '--uid=other', '--display-name=other', ...keys]);
    const credentials = {
      accessKeyId: 'OTHERACCESSKEY000000',
      secretAccessKey: 'othersecret00000000000000',
    };
    const { name } = await newBucket(gateway);
    const place = { bucket: name, prefix: '' };
    const opening = () => openS3Store(place, { ...gatewayOptions(gateway), credentials });
    const denied = await t.throwsAsync(opening, { instanceOf: CaldpError });
    t.is(denied.code, 'STORE_DENIED');
    t.is(denied.retry, 'never');
    const quota = ['--quota-scope=bucket', '--uid=other'];
    await gateway.admin(['quota', 'set', ...quota, '--max-objects=1']);
    await gateway.admin(['quota', 'enable', ...quota]);
    const theirs = { bucket: `${name}-theirs`, prefix: '' };
    const reached = reachBucket(theirs, {
      ...gatewayOptions(gateway),
      credentials,
      role: 'output',
    });
    await reached.client.send(new CreateBucketCommand({ Bucket: theirs.bucket }));
    const store = new S3Store(reached, { fileSystem: fs, clock: systemClock });
    await store.write('a', 'x');
    const full = await t.throwsAsync(() => store.write('b', 'x'), { instanceOf: CaldpError });
    t.is(full.code, 'STORE_FULL', full.message);
    t.is(full.retry, 'never');
    t.is(full.exitCode, 25);
  });
}
