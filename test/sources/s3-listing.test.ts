import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { dropAssociation } from '../helpers/drop.ts';
import { reachBucket, type Bucket } from '../../src/stores/s3/bucket.ts';
import { listObjects } from '../../src/stores/s3/list-objects.ts';
import { inParallel } from '../../src/stores/s3/in-parallel.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { removeObject } from '../../src/stores/s3/replace-objects.ts';
import { s3Listing, type S3ListingOptions } from '../../src/sources/s3-listing.ts';
import type { SourceReport } from '../../src/sources/source-health.ts';
import { sourceContract } from '../contract/source.ts';
import { gatewayOptions, newBucket } from '../helpers/bucket.ts';
import { startFaultProxy } from '../helpers/fault-proxy.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { SourceReader } from '../helpers/source-reader.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { tinyFits } from '../helpers/tiny-fits.ts';
import { until } from '../helpers/until.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const { signal } = new AbortController();
const quick = { interval: 60, quiet: 0 } as const;

function exposure(options: { readonly seed?: number; readonly association?: string } = {}): Buffer {
  const { seed = 0, association = 'NONE' } = options;
  return tinyFits({
    INSTRUME: "'ACS     '",
    ASN_ID: `'${association.toUpperCase().padEnd(8)}'`,
    SEED: String(seed),
  });
}

if (gateway === undefined) {
  test('a bucket is a source', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  sourceContract(test, {
    name: 's3 listing',
    ends: false,
    many: 1_000,
    make: async (t) => {
      const proxy = await startFaultProxy(gateway);
      t.teardown(() => proxy.stop());
      const { name } = await newBucket(gateway);
      const { endpoint } = proxy;
      const options = { ...gatewayOptions(gateway), endpoint, tries: 2, role: 'input' as const };
      const bucket = reachBucket({ bucket: name, prefix: 'drop' }, options);
      const put = (name: string, body: Uint8Array) => putObject(direct, name, { body });
      const direct = reachBucket(
        { bucket: name, prefix: 'drop' },
        { ...gatewayOptions(gateway), role: 'input' },
      );
      let version = 0;
      return {
        source: s3Listing(bucket, quick),
        add: (ids) => inParallel(ids, (id) => put(`${id}_raw.fits`, exposure())),
        addRefused: (name) => put(`${name}_raw.fits`, exposure()),
        change: async (id) => {
          version += 1;
          await put(`${id}_raw.fits`, exposure({ seed: version }));
        },
        remove: (id) => removeObject(direct, `${id}_raw.fits`, {}),
        breakIt: () => {
          proxy.plan(() => 'reset-before');
          return Promise.resolve();
        },
        mendIt: () => {
          proxy.plan(() => undefined);
          return Promise.resolve();
        },
      };
    },
  });

  const bucketOf = (): Promise<Bucket> => newBucket(gateway, { prefix: 'site', role: 'input' });

  const upload = async (bucket: Bucket, name: string, body: Uint8Array | string = '') => {
    await putObject(bucket, name, { body: Buffer.from(body) });
  };

  const table = async (t: ExecutionContext, members: readonly string[]): Promise<Buffer> => {
    const folder = await temporaryFolder(t);
    dropAssociation(folder, { id: 'j8cb010b0', members });
    return fs.readFile(join(folder, 'j8cb010b0_asn.fits'));
  };

  const read = (t: ExecutionContext, bucket: Bucket, options: S3ListingOptions = {}) => {
    const source = s3Listing(bucket, { ...quick, ...options });
    return { source, reader: new SourceReader(t, source) };
  };

  for (const below of ['', 'j8cb010b0/']) {
    test(`an association at \`${below}\` comes once, when its last member is there`, async (t) => {
      const bucket = await bucketOf();
      const body = exposure({ association: 'j8cb010b0' });
      await upload(bucket, `${below}j8cb01hrq_raw.fits`, body);
      const { source, reader } = read(t, bucket);
      await until(() => source.waiting().length === 1);
      t.is(source.waiting()[0]?.code, 'INPUT_NOT_FOUND');
      await upload(
        bucket,
        `${below}j8cb010b0_asn.fits`,
        await table(t, ['j8cb01hqq', 'j8cb01hrq']),
      );
      await until(() => source.waiting()[0]?.code === 'MEMBER_MISSING');
      t.regex(source.waiting()[0]?.reason ?? '', /j8cb01hqq/);
      await reader.isQuiet();
      await upload(bucket, `${below}j8cb01hqq_raw.fits`, body);
      await reader.requests(1);
      await reader.isQuiet();
      t.deepEqual(reader.ids, ['j8cb010b0']);
      t.deepEqual(source.waiting(), []);
      await upload(
        bucket,
        `${below}j8cb01hqq_raw.fits`,
        exposure({ seed: 1, association: 'j8cb010b0' }),
      );
      await reader.requests(2);
      await upload(bucket, `${below}j8cb01hqq_flt.fits`, 'a product');
      await reader.isQuiet();
      t.deepEqual(reader.ids, ['j8cb010b0', 'j8cb010b0']);
    });
  }

  test('messages ask for datasets, whole or not, and again when they are put again', async (t) => {
    const bucket = await bucketOf();
    await upload(bucket, 'messages/dataset-submitted/j8cb010b0');
    await upload(bucket, 'messages/dataset-submitted/nonsense');
    const { reader } = read(t, bucket);
    await reader.requests(1);
    await reader.isQuiet();
    t.deepEqual(reader.ids, ['j8cb010b0']);
    t.is(reader.items.filter(({ status }) => status === 'rejected').length, 1);
    await upload(bucket, 'messages/dataset-submitted/j8cb010b0');
    await reader.requests(2);
  });

  test('the layout of CALCLOUD has its own messages, and tarballs below inputs', async (t) => {
    const bucket = await bucketOf();
    await upload(bucket, 'messages/placed-j8cb010b0');
    await upload(bucket, 'messages/submit-acs_8ph_01');
    await upload(bucket, 'messages/processed-j8zz03a1q.trigger');
    await upload(bucket, 'inputs/j8zz02a1q.tar.gz', 'packed');
    await upload(bucket, 'outputs/j8zz03a1q/j8zz03a1q.tar.gz', 'packed');
    const { reader } = read(t, bucket, { layout: 'calcloud', until: 'once' });
    t.is(await reader.ended, undefined);
    t.deepEqual([...reader.ids].sort(), ['acs_8ph_01', 'j8cb010b0', 'j8zz02a1q']);
  });

  test('a young dataset waits until it is quiet, and idle means that all is settled', async (t) => {
    const bucket = await bucketOf();
    await upload(bucket, 'j8zz02a1q_raw.fits', exposure());
    const began = performance.now();
    const { reader } = read(t, bucket, { quiet: 1_500, until: 'idle' });
    t.is(await reader.ended, undefined);
    t.deepEqual(reader.ids, ['j8zz02a1q']);
    t.true(performance.now() - began > 500);
  });

  test('an incomplete dataset is reported once it waits too long', async (t) => {
    const bucket = await bucketOf();
    await upload(bucket, 'j8cb010b0_asn.fits', await table(t, ['j8cb01hqq']));
    const source = s3Listing(bucket, { ...quick, incompleteAfter: 0 });
    const reports: SourceReport[] = [];
    source.reports.subscribe((report) => reports.push(report));
    const reader = new SourceReader(t, source);
    await until(() => reports.length > 0);
    await reader.isQuiet();
    t.is(reports.length, 1);
    t.is(reports[0]?.kind === 'waiting' ? reports[0].waiting.id : '', 'j8cb010b0');
  });

  test('health tells of trouble and of its end', async (t) => {
    const proxy = await startFaultProxy(gateway);
    t.teardown(() => proxy.stop());
    const { name } = await newBucket(gateway);
    const { endpoint } = proxy;
    const options = { ...gatewayOptions(gateway), endpoint, tries: 1, role: 'input' as const };
    const { source } = read(t, reachBucket({ bucket: name, prefix: '' }, options));
    await until(() => source.health().scannedAt !== undefined);
    for (const fault of ['busy', 'denied', 'reset-before', 'cut-body'] as const) {
      proxy.plan(() => fault);
      await until(() => source.health().problems.length === 1);
      proxy.plan(() => undefined);
      await until(() => source.health().problems.length === 0);
    }
    t.pass();
  });

  test('2,500 keys are listed in order, each once, over pages and past other trees', async (t) => {
    const bucket = await bucketOf();
    const names = Array.from(
      { length: 2_500 },
      (_, index) => `k${String(index).padStart(5, '0')} +é`,
    );
    await inParallel(names, (name) => upload(bucket, name));
    const found: string[] = [];
    for await (const { key } of listObjects(bucket, { start: 'k', signal })) found.push(key);
    t.deepEqual(found, names);
  });
}
