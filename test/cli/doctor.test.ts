import test from 'ava';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { listObjects } from '../../src/stores/s3/list-objects.ts';
import { newBucket } from '../helpers/bucket.ts';
import { commandSite } from '../helpers/command-site.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

test('buckets are looked at, and each thing that is wrong is one line with what to do', async (t) => {
  if (gateway === undefined) {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
    return;
  }
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  const good = {
    AWS_ENDPOINT_URL_S3: gateway.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const stranger = ['AKIASTRANGER00000000', 'strangersecret00000000000000000000000000'] as const;
  const keys = [`--access-key=${stranger[0]}`, `--secret-key=${stranger[1]}`];
  await gateway.admin(['user', 'create', '--uid=stranger', '--display-name=stranger', ...keys]);
  const bucket = await newBucket(gateway);
  await putObject(bucket, 'raw/j8zz02a1q_raw.fits', { body: Buffer.from('x') });
  const uri = `s3://${bucket.name}`;
  const site = await commandSite(t);
  const doctor = async (
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<{
    readonly code: number | null;
    readonly lines: readonly Record<string, string>[];
  }> => {
    const run = site.startIn(
      { environment: { ...good, ...environment } },
      'doctor',
      '--json',
      ...args,
    );
    const code = await run.ended;
    const lines = run.out().split('\n').slice(0, -1);
    t.is(run.err(), '');
    return {
      code,
      lines: lines
        .map((line) => JSON.parse(line) as Record<string, string>)
        .filter(({ name }) => name?.includes('s3://')),
    };
  };

  const fine = await doctor(['-i', `${uri}/raw`, '-o', `${uri}/out`]);
  t.is(fine.code, 0);
  t.deepEqual(
    fine.lines.map(({ name, verdict }) => `${name ?? ''}: ${verdict ?? ''}`),
    [
      `credentials for ${uri}/raw: good`,
      `list ${uri}/raw: good`,
      `read ${uri}/raw: good`,
      `credentials for ${uri}/out: good`,
      `list ${uri}/out: good`,
      `write to ${uri}/out: good`,
      `abandoned uploads in ${uri}/out: good`,
    ],
  );
  t.false(JSON.stringify(fine.lines).includes(secretAccessKey));
  const left: string[] = [];
  for await (const { key } of listObjects(bucket, { start: '' })) left.push(key);
  t.deepEqual(left, ['raw/j8zz02a1q_raw.fits']);

  const [wrong, missing] = [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, `${uri}-not`];
  const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const denied = { AWS_ACCESS_KEY_ID: stranger[0], AWS_SECRET_ACCESS_KEY: stranger[1] };
  const cases = [
    ['S3_CREDENTIALS', ['-o', uri], wrong],
    ['S3_CREDENTIALS', ['-i', uri], none],
    ['S3_BUCKET_MISSING', ['-o', missing], {}],
    ['S3_UNREACHABLE', ['-o', uri], { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }],
    ['STORE_DENIED', ['-i', uri], denied],
  ] as const;
  await Promise.all(
    cases.map(async ([code, args, environment]) => {
      const bad = await doctor(args, environment);
      t.is(bad.code, 1, code);
      const last = bad.lines.at(-1);
      t.is(last?.['verdict'], 'bad');
      t.true(last?.['found']?.endsWith(`[${code}]`), last?.['found']);
      t.true((last?.['advice'] ?? '').length > 20);
    }),
  );
});
