import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { create } from 'tar';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { parseDatasetName } from '../../src/hst/dataset-name.ts';
import type { DatasetInputs } from '../../src/inputs/dataset-inputs.ts';
import { openS3Inputs, s3Inputs } from '../../src/inputs/s3-inputs.ts';
import { reachBucket, type Bucket } from '../../src/stores/s3/bucket.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { gatewayOptions, newBucket } from '../helpers/bucket.ts';
import { dropAssociation, dropExposure } from '../helpers/drop.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../helpers/fault-proxy.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const association = parseDatasetName('j8cb010b0');
const exposure = parseDatasetName('j8zz02a1q');

if (gateway === undefined) {
  test('a bucket gives inputs', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  /** A bucket behind a proxy, an empty work folder, and a folder of files to upload. */
  const prepare = async (
    t: ExecutionContext,
  ): Promise<{
    readonly bucket: Bucket;
    readonly inputs: DatasetInputs;
    readonly proxy: FaultProxy;
    readonly work: string;
    readonly drop: string;
  }> => {
    const proxy = await startFaultProxy(gateway);
    t.teardown(() => proxy.stop());
    const { name } = await newBucket(gateway);
    const { endpoint } = proxy;
    const options = { ...gatewayOptions(gateway), endpoint, role: 'input' as const };
    const bucket = reachBucket({ bucket: name, prefix: 'inputs' }, options);
    const root = await temporaryFolder(t);
    const [work, drop] = [join(root, 'work'), join(root, 'drop')];
    for (const folder of [work, drop]) await fs.mkdir(folder);
    return { bucket, inputs: s3Inputs(bucket, { fileSystem: fs }), proxy, work, drop };
  };

  const upload = async (
    bucket: Bucket,
    { drop, below = '' }: { readonly drop: string; readonly below?: string },
  ): Promise<void> => {
    for (const name of await fs.readdir(drop)) {
      await putObject(bucket, `${below}${name}`, { body: await fs.readFile(join(drop, name)) });
    }
  };

  const makeAssociation = async (drop: string, members: readonly string[]): Promise<void> => {
    dropAssociation(drop, { id: 'j8cb010b0', members: ['j8cb01hqq', 'j8cb01hrq'] });
    await fs.rm(join(drop, 'j8cb01hqq_raw.fits'), { force: true });
    await fs.rm(join(drop, 'j8cb01hrq_raw.fits'), { force: true });
    for (const id of members) await dropExposure(drop, { id });
  };

  const expected = async (drop: string, names: readonly string[]): Promise<unknown> =>
    Promise.all(
      names.map(async (name) => {
        const body = await fs.readFile(join(drop, name));
        const sha256 = createHash('sha256').update(body).digest('hex');
        return { name, size: body.length, sha256 };
      }),
    );

  for (const below of ['', 'j8cb010b0/']) {
    test(`an association at \`${below}\` is brought with exactly its members`, async (t) => {
      const { bucket, inputs, work, drop } = await prepare(t);
      await makeAssociation(drop, ['j8cb01hqq', 'j8cb01hrq', 'j8cb02zzq']);
      await upload(bucket, { drop, below });
      const names = ['j8cb010b0_asn.fits', 'j8cb01hqq_raw.fits', 'j8cb01hrq_raw.fits'];
      const brought = await inputs.bring(association, {
        folder: work,
        signal: new AbortController().signal,
      });
      t.deepEqual([...(await fs.readdir(work))].sort(), names);
      t.deepEqual(brought.files, await expected(drop, names));
      t.deepEqual(
        await inputs.identify(association, { signal: new AbortController().signal }),
        brought.sources,
      );
      t.deepEqual(brought.ignored, ['j8cb02zzq_raw.fits']);
      t.is(brought.association?.exposures.length, 2);
    });
  }

  test('members of another visit are found although their names begin otherwise', async (t) => {
    const { bucket, inputs, work, drop } = await prepare(t);
    dropAssociation(drop, { id: 'j8cb010b0', members: ['j8cb01hqq', 'j9xy99hrq'] });
    for (const id of ['j8cb01hqq', 'j9xy99hrq']) await dropExposure(drop, { id });
    await upload(bucket, { drop });
    await inputs.bring(association, { folder: work, signal: new AbortController().signal });
    t.true((await fs.readdir(work)).includes('j9xy99hrq_raw.fits'));
  });

  test('a missing member, or nothing at all, is named', async (t) => {
    const { bucket, inputs, work, drop } = await prepare(t);
    const bring = () =>
      inputs.bring(association, { folder: work, signal: new AbortController().signal });
    const nothing = await t.throwsAsync(bring, { instanceOf: CaldpError });
    t.is(nothing.code, 'INPUT_NOT_FOUND');
    t.is(nothing.exitCode, 26);
    await makeAssociation(drop, ['j8cb01hqq']);
    await upload(bucket, { drop });
    const missing = await t.throwsAsync(bring, { instanceOf: CaldpError });
    t.is(missing.code, 'MEMBER_MISSING');
    t.regex(missing.message, /j8cb01hrq/);
    t.true(missing.message.includes(bucket.uri));
  });

  test('a tarball is unpacked as it comes', async (t) => {
    const { bucket, inputs, work, drop } = await prepare(t);
    await makeAssociation(drop, ['j8cb01hqq', 'j8cb01hrq']);
    const file = join(await temporaryFolder(t), 'j8cb010b0.tar.gz');
    await create({ gzip: true, file, cwd: drop }, await fs.readdir(drop));
    await putObject(bucket, basename(file), { body: await fs.readFile(file) });
    const brought = await inputs.bring(association, {
      folder: work,
      signal: new AbortController().signal,
    });
    t.is(brought.files.length, 3);
    t.deepEqual(
      await inputs.identify(association, { signal: new AbortController().signal }),
      brought.sources,
    );
    t.deepEqual(
      brought.sources.map(({ name }) => name),
      ['j8cb010b0.tar.gz'],
    );
    t.false((await fs.readdir(work)).includes('.unpacked'));
  });

  for (const fault of [
    'cut-body',
    'stall-body',
    'reset-after',
    'busy',
  ] as const satisfies readonly Fault[]) {
    test(`a file and a tarball are read again from their beginning after ${fault}`, async (t) => {
      const { bucket, proxy, work, drop } = await prepare(t);
      const hasty = reachBucket(
        { bucket: bucket.name, prefix: 'inputs' },
        {
          ...gatewayOptions(gateway),
          endpoint: proxy.endpoint,
          role: 'input',
          timeouts: { stall: 1_000 },
        },
      );
      const inputs = s3Inputs(hasty, { fileSystem: fs });
      await dropExposure(drop, { id: exposure.id });
      await fs.appendFile(join(drop, `${exposure.id}_raw.fits`), '');
      const body = await fs.readFile(join(drop, `${exposure.id}_raw.fits`));
      await upload(bucket, { drop });
      const spoilOne = (): void => {
        let left = 1;
        proxy.plan(({ method, url }) =>
          method === 'GET' && url.includes(exposure.id) && !url.includes('list-type') && left-- > 0
            ? fault
            : undefined,
        );
      };
      spoilOne();
      await inputs.bring(exposure, { folder: work, signal: new AbortController().signal });
      t.true(body.equals(await fs.readFile(join(work, `${exposure.id}_raw.fits`))));
      t.is(proxy.made.get(fault), 1);
      t.deepEqual(await fs.readdir(work), [`${exposure.id}_raw.fits`]);

      const packed = join(await temporaryFolder(t), `${exposure.id}.tar.gz`);
      await create({ gzip: true, file: packed, cwd: drop }, await fs.readdir(drop));
      const other = reachBucket(
        { bucket: bucket.name, prefix: 'packed' },
        {
          ...gatewayOptions(gateway),
          endpoint: proxy.endpoint,
          role: 'input',
          timeouts: { stall: 1_000 },
        },
      );
      await putObject(other, basename(packed), { body: await fs.readFile(packed) });
      const again = join(work, 'again');
      await fs.mkdir(again);
      spoilOne();
      await s3Inputs(other, { fileSystem: fs }).bring(exposure, {
        folder: again,
        signal: new AbortController().signal,
      });
      t.true(body.equals(await fs.readFile(join(again, `${exposure.id}_raw.fits`))));
      t.is(proxy.made.get(fault), 2);
    });
  }

  test('an object that is always cut leaves no file and is told as a download', async (t) => {
    const { bucket, inputs, proxy, work, drop } = await prepare(t);
    await dropExposure(drop, { id: exposure.id });
    await upload(bucket, { drop });
    proxy.plan(({ url }) => (url.includes('_raw.fits') ? 'cut-body' : undefined));
    const bring = () =>
      inputs.bring(exposure, { folder: work, signal: new AbortController().signal });
    const error = await t.throwsAsync(bring, { instanceOf: CaldpError });
    t.is(error.exitCode, 26);
    t.is(error.retry, 'backoff');
    t.deepEqual(await fs.readdir(work), []);
  });

  test('an object that is replaced between listing and reading is a source that changed', async (t) => {
    const { bucket, proxy, work, drop } = await prepare(t);
    const patient = reachBucket(
      { bucket: bucket.name, prefix: 'inputs' },
      { ...gatewayOptions(gateway), endpoint: proxy.endpoint, role: 'input', firstDelay: 1_500 },
    );
    const inputs = s3Inputs(patient, { fileSystem: fs });
    await dropExposure(drop, { id: exposure.id });
    await upload(bucket, { drop });
    const direct = reachBucket(
      { bucket: bucket.name, prefix: 'inputs' },
      { ...gatewayOptions(gateway), role: 'input' },
    );
    const replaced = { done: false };
    proxy.plan(({ method, url }) => {
      if (method !== 'GET' || !url.includes('_raw.fits') || replaced.done) return undefined;
      replaced.done = true;
      return 'busy';
    });
    const bringing = inputs.bring(exposure, { folder: work, signal: new AbortController().signal });
    const key = `${exposure.id}_raw.fits`;
    while (!replaced.done) await new Promise((resolve) => setImmediate(resolve));
    await putObject(direct, key, { body: randomBytes(2880) });
    const outcome = await bringing.then(
      () => undefined,
      (error: unknown) => error,
    );
    t.true(outcome instanceof CaldpError && outcome.code === 'SOURCE_CHANGED', String(outcome));
  });

  test('a digest that was stored with an object saves reading it, and damage is found', async (t) => {
    const { bucket, inputs, proxy, work, drop } = await prepare(t);
    await dropExposure(drop, { id: exposure.id });
    const name = `${exposure.id}_raw.fits`;
    const body = await fs.readFile(join(drop, name));
    const sha256 = createHash('sha256').update(body).digest('hex');
    const file = { name, path: join(drop, name), size: body.length, sha256 };
    await new S3Store(bucket, { fileSystem: fs, clock: systemClock }).putFile(name, file);
    const before = proxy.requests.length;
    t.deepEqual(await inputs.identify(exposure, { signal: new AbortController().signal }), [
      { name, size: body.length, sha256 },
    ]);
    const read = proxy.requests
      .slice(before)
      .filter(({ method, url }) => method === 'GET' && !url.includes('list-type'));
    t.deepEqual(read, []);
    await putObject(bucket, name, { body, metadata: { 'caldp-sha256': '0'.repeat(64) } });
    const bring = () =>
      inputs.bring(exposure, { folder: work, signal: new AbortController().signal });
    const error = await t.throwsAsync(bring, { instanceOf: CaldpError });
    t.is(error.code, 'DIGEST_MISMATCH');
    t.deepEqual(await fs.readdir(work), []);
  });

  test('opening inputs tells what is wrong with exit 26', async (t) => {
    const place = { bucket: 'no-such-bucket', prefix: '' };
    const opening = () => openS3Inputs(place, { ...gatewayOptions(gateway), tries: 1 });
    const error = await t.throwsAsync(opening, { instanceOf: CaldpError });
    t.is(error.code, 'S3_BUCKET_MISSING');
    t.is(error.exitCode, 26);
  });
}
