import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { create } from 'tar';
import { simulatedDatasets } from '../simulated/simulated-data.ts';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { keysOf } from '../contract/store.ts';
import { newBucket } from '../helpers/bucket.ts';
import { commandSite } from '../helpers/command-site.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { runningDaemon } from '../helpers/running-daemon.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { until } from '../helpers/until.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const soon = { deadline: 60_000 };

if (gateway === undefined) {
  test('a daemon polls a bucket', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const environment = {
    AWS_ENDPOINT_URL_S3: gateway.endpoint,
    AWS_ACCESS_KEY_ID: gateway.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: gateway.credentials.secretAccessKey,
  };

  for (const layout of ['tree', 'calcloud'] as const) {
    const where = layout === 'tree' ? 'a folder' : 'its bucket';
    test.serial(`files, tarballs and messages go from a bucket to ${where}, once`, async (t) => {
      const bucket = await newBucket(gateway, { prefix: 'site' });
      const folder = await temporaryFolder(t);
      const exposure = simulatedDatasets.exposure(folder);
      const packedId = 'j8zz03a1q';
      const below = layout === 'tree' ? '' : 'inputs/';
      for (const name of exposure.files) {
        await putObject(bucket, `${below}${name}`, { body: await fs.readFile(join(folder, name)) });
      }
      const raw = writeSimulatedImages(folder, { root: packedId, setup: simulatedSetups.hrc });
      const packed = join(folder, `${packedId}.tar.gz`);
      await create({ file: packed, gzip: true, cwd: folder }, [raw]);
      await putObject(bucket, `${below}${packedId}.tar.gz`, { body: await fs.readFile(packed) });
      const uri = `s3://${bucket.name}/site`;
      const request = layout === 'tree' ? 'messages/dataset-submitted/' : 'messages/submit-';
      const daemon = await runningDaemon(t, {
        ...(layout === 'calcloud' ? { output: uri } : {}),
        ...{ source: uri, environment, args: ['--layout', layout, '--preview-style', 'none'] },
      });
      const published = async (): Promise<readonly string[]> => {
        const page = await daemon.get('/api/datasets?state=published');
        return [...page.body.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id ?? '').sort();
      };
      await until(async () => (await daemon.get('/readyz')).status === 200, soon);
      await until(async () => (await published()).length === 2, soon);
      t.deepEqual(await published(), [exposure.id, packedId]);

      await putObject(bucket, `${request}j8zz09a1q`, { body: Buffer.from('') });
      const failed = async (): Promise<string> =>
        (await daemon.get('/api/datasets?state=failed')).body;
      await until(async () => (await failed()).includes('j8zz09a1q'), soon);
      t.regex(await failed(), /INPUT_NOT_FOUND/);
      const store = new S3Store(bucket, { fileSystem: fs, clock: systemClock });
      const asked = async (): Promise<readonly string[]> =>
        (await keysOf(store, 'messages')).filter((key) => /submit/.test(key));
      await until(async () => (await asked()).length === 0, soon);

      const source = (await daemon.get('/api/source')).body;
      t.regex(source, /"mode":"poll"/);
      const { body } = await daemon.get('/metrics');
      t.regex(body, /^caldp_datasets_total\{outcome="published"\} 2$/m);
      t.regex(body, /^caldp_datasets_total\{outcome="skipped"\} 0$/m);
      t.regex(body, /^caldp_source_entries\{kind="waiting"\} 0$/m);
      daemon.run.child.kill('SIGTERM');
      t.is(await daemon.run.ended, 0, daemon.run.err());

      const again = ['watch', uri, '--once', '--layout', layout, '--preview-style', 'none'];
      const output = layout === 'tree' ? 'out' : uri;
      const rerun = daemon.start(...again, '-o', output, '--references', 'keep', '--min-free', '0');
      t.is(await rerun.ended, 0, rerun.err() + rerun.out());
      t.regex(rerun.out(), /^2 skipped\.$/m);
    });
  }

  test.serial(
    'a bucket that is not there, or an option for folders, is one clear line',
    async (t) => {
      const { start } = await commandSite(t, { environment });
      const { name } = await newBucket(gateway);
      for (const [code, words, args] of [
        [26, /^caldp: .*\[S3_BUCKET_MISSING\]\n$/, [`s3://${name}-not`]],
        [
          2,
          /^caldp: .*a bucket is polled.*\[COMMAND_LINE\]\n$/,
          [`s3://${name}`, '--ready-marker'],
        ],
      ] as const) {
        const run = start('watch', ...args, '-o', 'out');
        t.is(await run.ended, code);
        t.regex(run.err(), words);
      }
    },
  );

  test.serial('it is not ready while its bucket does not answer, and says why', async (t) => {
    const { name } = await newBucket(gateway);
    const daemon = await runningDaemon(t, { source: `s3://${name}`, environment });
    await until(async () => (await daemon.get('/readyz')).status === 200, soon);
    await gateway.admin(['bucket', 'rm', `--bucket=${name}`]);
    await until(async () => (await daemon.get('/readyz')).status === 503, soon);
    t.regex((await daemon.get('/readyz')).body, /NoSuchBucket/);
    t.regex(daemon.run.err(), /"code":"S3_BUCKET_MISSING".*"msg":"source degraded"/);
  });
}
