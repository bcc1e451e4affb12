import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { s3Fetcher } from '../../src/cli/s3-fetcher.ts';
import { pythonLiteralText } from '../../src/crds/python/python-literal-text.ts';
import { readExposureHeader } from '../../src/crds/headers/exposure-header.ts';
import { resolveContext } from '../../src/crds/server/resolve-context.ts';
import type { Bucket } from '../../src/stores/s3/bucket.ts';
import { gatewayOptions, newBucket } from '../helpers/bucket.ts';
import { crdsTools } from '../helpers/crds-tools.ts';
import { never } from '../helpers/folder-rules.ts';
import { hasGateway, startGateway } from '../helpers/gateway.ts';
import { skip } from '../helpers/needs.ts';
import { runCaldp } from '../helpers/run-caldp.ts';
import { smallContext, smallHeader, smallReference, smallRules } from '../helpers/small-context.ts';
import { writeSmallExposure } from '../helpers/small-exposure.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const gateway = hasGateway() ? await startGateway() : undefined;
test.after.always(() => gateway?.stop());

const raw = 'j0000000q_raw.fits';
const [, bias, ccd] = smallContext.references;

async function put(bucket: Bucket, key: string, body: Buffer | string): Promise<void> {
  await bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key: key, Body: body }));
}

/** The configuration of a server as it lies in a bucket, in the words of Python. */
function serverConfig(): string {
  const facts = smallContext.references.map((name) => {
    const bytes = smallReference(name);
    const sha1sum = createHash('sha1').update(bytes).digest('hex');
    return [name, { size: String(bytes.length), sha1sum }] as const;
  });
  const payload = gzipSync(JSON.stringify(Object.fromEntries(facts))).toString('base64');
  return pythonLiteralText({
    observatory: 'hst',
    operational_context: smallContext.name,
    bad_files_list: [],
    mapping_url: { hst: 'https://nowhere.invalid/mappings/hst/' },
    reference_url: { hst: 'https://nowhere.invalid/references/hst/' },
    download_metadata: { crds_encoded: '1.0', crds_payload: payload },
  });
}

if (gateway === undefined) {
  test('rules, configuration and references come from a bucket', (t) => {
    skip(t, '`radosgw`, `ceph-mon`, `ceph-osd` or `ceph` is not on PATH');
  });
} else {
  const { accessKeyId, secretAccessKey } = gateway.credentials;
  const filled = async ({ rules = 'mappings' } = {}): Promise<Bucket> => {
    const bucket = await newBucket(gateway);
    await put(bucket, 'config/hst/server_config', serverConfig());
    for (const name of smallContext.references) {
      await put(bucket, `references/hst/${name}`, smallReference(name));
    }
    if (rules === 'pickles') await put(bucket, `pickles/hst/${smallContext.name}.pkl`, 'cposix');
    else for (const [name, text] of smallRules()) await put(bucket, `mappings/hst/${name}`, text);
    return bucket;
  };
  /** With the configuration of AWS, or without its long waits between tries. */
  const update = async (t: ExecutionContext, bucket: Bucket, { once = false } = {}) => {
    const home = await temporaryFolder(t);
    await writeSmallExposure(join(home, raw), smallHeader);
    const env = {
      HOME: home,
      CALDP_DOCKER: '',
      CRDSBUCKET: bucket.uri,
      ...(once && {
        CRDS_PATH: join(home, 'crds_cache'),
        CRDS_SERVER_URL: 'https://hst-crds-serverless.stsci.edu',
        CRDS_CONFIG_URI: `${bucket.uri}/config/hst/`,
        CRDS_REFERENCE_URI: `${bucket.uri}/references/hst/`,
        CRDS_S3_ENABLED: '1',
      }),
      AWS_ENDPOINT_URL_S3: gateway.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const config = once ? [] : ['-c', 'aws'];
    const ended = await runCaldp(['bestrefs', raw, '--update', ...config], { cwd: home, env });
    return { home, ...ended };
  };

  test.serial('rules, configuration and references come from a bucket', async (t) => {
    const { home, code, err } = await update(t, await filled());
    t.is(code, 0, err);
    const { values } = await readExposureHeader(join(home, raw), { signal: never });
    t.like(values, { BIASFILE: `jref$${bias}`, CRDS_CTX: smallContext.name });
    const acs = join(home, 'crds_cache', 'references', 'hst', 'acs');
    t.deepEqual((await readdir(acs)).sort(), [bias, ccd].sort());
    t.true(smallReference(bias).equals(await readFile(join(acs, bias))));
    t.regex(err, /^Fetched tab1234aj_ccd\.fits, 96\.0 kB/m);
  });

  test.serial('a bucket that has rules only as Python pickles is told so', async (t) => {
    const bucket = await filled({ rules: 'pickles' });
    const { code, err } = await update(t, bucket);
    t.is(code, 27);
    t.regex(
      err,
      /only their Python pickle `s3:\/\/\S+\/pickles\/hst\/hst_0001\.pmap\.pkl`, which caldp never opens/,
    );
    t.regex(err, /mappings\/hst\/.*\[CRDS_RULES_PICKLED\]/);
  });

  test.serial('a reference that the bucket lacks or that is another one is an error', async (t) => {
    const bucket = await filled();
    await put(bucket, `references/hst/${bias}`, Buffer.alloc(smallReference(bias).length));
    const other = await update(t, bucket, { once: true });
    t.is(other.code, 27);
    t.regex(
      other.err,
      /not the file that the server promises: its SHA-1 is.*\[CRDS_DOWNLOAD_FAILED\]/,
    );
    const empty = await newBucket(gateway);
    await put(empty, 'config/hst/server_config', serverConfig());
    const { code, err } = await update(t, empty, { once: true });
    t.is(code, 27);
    t.regex(
      err,
      /`s3:\/\/\S+\/mappings\/hst\/hst_0001\.pmap` cannot be fetched: there is no such object\..*\[CRDS_DOWNLOAD_FAILED\]/,
    );
  });

  test.serial('a bucket that is not there is told with what to do', async (t) => {
    const bucket = await newBucket(gateway);
    const { code, err } = await update(t, { ...bucket, uri: `${bucket.uri}-not` });
    t.is(code, 27);
    t.regex(err, /NoSuchBucket/);
    t.notRegex(err, /defect/);
  });

  test.serial('the context is the one that lies in the bucket of the output', async (t) => {
    const bucket = await newBucket(gateway);
    const contextFolder = `${bucket.uri}/crds_env_vars/`;
    const fetchers = new Map([['s3', s3Fetcher(gatewayOptions(gateway))]]);
    const tools = crdsTools({ CRDS_PATH: '/nowhere' }, { fetchers, contextFolder });
    const resolve = (text?: string): Promise<string> =>
      resolveContext(text, { ...tools, signal: never });
    await put(bucket, 'crds_env_vars/hst_0712.pmap', 'x');
    await put(bucket, 'crds_env_vars/other.txt', 'x');
    t.is(await resolve(), 'hst_0712.pmap');
    t.is(await resolve('hst_0001.pmap'), 'hst_0001.pmap', 'what is named comes first');
    await put(bucket, 'crds_env_vars/hst_0713.pmap', 'x');
    await t.throwsAsync(resolve(), { message: /hst_0712\.pmap, hst_0713\.pmap.*names several/ });
  });
}
