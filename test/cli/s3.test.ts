import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as fs from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import { simulatedSetups, writeSimulatedImages } from '../simulated/simulated-exposure.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { putObject } from '../../src/stores/s3/put-object.ts';
import { S3Store } from '../../src/stores/s3-store.ts';
import { keysOf, text } from '../contract/store.ts';
import { newBucket } from '../helpers/bucket.ts';
import { programFolder } from '../helpers/fixture-program.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { caldpProgram } from '../helpers/caldp-program.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const id = 'j8zz02a1q';
const plain = ['--references', 'keep', '--preview-style', 'none'];

if (gateway === undefined) {
  test('buckets are named on the command line', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  const reach = {
    AWS_ENDPOINT_URL_S3: gateway.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };

  /** Runs the command line beside a fixture program, with what a user sets in the environment. */
  const site = async (t: ExecutionContext) => {
    const folder = await temporaryFolder(t);
    const raw = join(folder, 'raw');
    await mkdir(raw);
    writeSimulatedImages(raw, { root: id, setup: simulatedSetups.hrc });
    const bin = await programFolder(folder, { programs: { 'calacs.e': 'copies-raws' } });
    const run = (args: readonly string[], variables: NodeJS.ProcessEnv = {}) => {
      const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
      const env = { ...process.env, PATH: path, NODE_OPTIONS: '', CALDP_HOME: folder, ...reach };
      return ended(
        spawn(process.execPath, [...caldpProgram, ...args], {
          cwd: folder,
          env: { ...env, ...variables },
        }),
      );
    };
    return { raw, run };
  };

  const ended = async (child: ReturnType<typeof spawn>) => {
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, out: out.join(''), err: err.join('') };
  };

  for (const layout of ['tree', 'calcloud'] as const) {
    test.serial(`a dataset goes from a bucket to a bucket in the layout ${layout}`, async (t) => {
      const { raw, run } = await site(t);
      const bucket = await newBucket(gateway);
      for (const name of await readdir(raw)) {
        await putObject(bucket, `inputs/${name}`, { body: await readFile(join(raw, name)) });
      }
      const uri = `s3://${bucket.name}`;
      const args = [
        'process',
        id,
        '-i',
        `${uri}/inputs`,
        '-o',
        `${uri}/o`,
        '--layout',
        layout,
        ...plain,
      ];
      const first = await run(args);
      t.is(first.code, 0, first.err + first.out);
      t.is(first.err, '');
      const store = new S3Store(bucket, { fileSystem: fs, clock: systemClock });
      const keys = await keysOf(store, 'o');
      const message =
        layout === 'tree' ? `messages/dataset-processed/${id}` : `messages/processed-${id}.trigger`;
      t.true(keys.includes(`o/${message}`), keys.join('\n'));
      t.is(keys.filter((key) => /processing/.test(key)).length, 0);
      t.true(keys.some((key) => key.endsWith('manifest.json')));
      if (layout === 'calcloud') {
        t.is(await text(store, `o/${message}`), `${uri}/o/outputs/${id}/${id}.tar.gz\n`);
      }
      const second = await run(args);
      t.regex(second.out, /skipped \(finished\)/);
      const status = await run(['status', `${uri}/o`, '--layout', layout]);
      t.regex(status.out, /1 processed\n$/);
    });
  }

  test.serial('what S3 refuses is one clear line with exit 25 or 26', async (t) => {
    const { run } = await site(t);
    const { name } = await newBucket(gateway);
    const [good, bad] = [`s3://${name}/x`, `s3://${name}-not/x`];
    const cases = [
      [25, 'S3_BUCKET_MISSING', ['process', id, '-i', 'raw', '-o', bad], {}],
      [26, 'S3_BUCKET_MISSING', ['process', id, '-i', bad, '-o', 'out'], {}],
      [25, 'S3_BUCKET_MISSING', ['status', bad], {}],
      [25, 'S3_CREDENTIALS', ['status', good], { AWS_SECRET_ACCESS_KEY: 'wrong' }],
      [
        25,
        'S3_CREDENTIALS',
        ['status', good],
        { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
      ],
    ] as const;
    for (const [code, error, args, variables] of cases) {
      const failed = await run(args, variables);
      t.is(failed.code, code, failed.err);
      t.regex(failed.err, new RegExp(`^caldp: Could not [^\\n]*\\[${error}\\]\\n$`));
    }
    const absent = await run(['process', id, '-i', good, '-o', 'out', ...plain]);
    t.is(absent.code, 26, absent.out);
    t.regex(absent.out, /INPUT_NOT_FOUND/);
  });
}
