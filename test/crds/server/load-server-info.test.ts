import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { parseServerConfig } from '../../../src/crds/server/parse-server-config.ts';
import { parseServerInfo } from '../../../src/crds/server/server-info.ts';
import { resolveContext } from '../../../src/crds/server/resolve-context.ts';
import { crdsServer } from '../../helpers/crds-server.ts';
import { crdsTools } from '../../helpers/crds-tools.ts';
import { never } from '../../helpers/folder-rules.ts';
import { needsData } from '../../helpers/needs.ts';
import { smallContext } from '../../helpers/small-context.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const serverless = 'https://hst-serverless-mode.stsci.edu';

test('what the server tells is kept in the cache, as Python can read it, and used when the server is gone', async (t) => {
  const server = await crdsServer(t);
  const environment = { CRDS_PATH: await temporaryFolder(t), CRDS_SERVER_URL: server.url };
  const info = await crdsTools(environment).info();
  t.true(info.connected);
  t.deepEqual([...info.badFiles], ['old1234aj_bia.fits']);
  t.is((await info.files())?.size, 7);
  const folder = join(environment.CRDS_PATH, 'config', 'hst');
  t.deepEqual((await readdir(folder)).sort(), ['bad_files.txt', 'server_config']);
  t.is(await readFile(join(folder, 'bad_files.txt'), 'utf8'), 'old1234aj_bia.fits\n');
  server.close();
  const warnings: string[] = [];
  const warn = ({ message }: { readonly message: string }): number => warnings.push(message);
  const later = await crdsTools(environment, { warn }).info();
  t.false(later.connected);
  t.deepEqual(later.contexts, info.contexts);
  t.deepEqual(await later.files(), await info.files());
  t.regex(warnings.join(), /cannot be asked.*The copy in the cache is used/s);
});

test('a serverless address asks nobody; without a copy in the cache that is an error', async (t) => {
  const tools = crdsTools({ CRDS_PATH: await temporaryFolder(t), CRDS_SERVER_URL: serverless });
  const error = await t.throwsAsync(tools.info(), { instanceOf: CaldpError });
  t.is(error.code, 'CRDS_CONFIG_INVALID');
  t.regex(error.message, /holds no `server_config`/);
});

test('a read-only cache is not written, and its own copy holds even where the server answers', async (t) => {
  const server = await crdsServer(t);
  const cache = await temporaryFolder(t);
  const folder = join(cache, 'config', 'hst');
  await mkdir(folder, { recursive: true });
  const kept = `{'observatory': 'hst', 'operational_context': 'hst_0002.pmap', 'mapping_url': {'checked': {'hst': 'a'}, 'unchecked': {'hst': 'http://' 'm/'}}, 'reference_url': {'hst': 'r/'}}`;
  await writeFile(join(folder, 'server_config'), kept);
  const info = await crdsTools({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: server.url,
    CRDS_READONLY_CACHE: '1',
  }).info();
  t.like(info, { connected: true, urls: { mappings: 'http://m/' } });
  t.is(info.contexts.operational, 'hst_0002.pmap');
  t.is(await readFile(join(folder, 'server_config'), 'utf8'), kept);
});

test('the configuration can come from an address of its own', async (t) => {
  const server = await crdsServer(t);
  server.fail('server_config', {
    kind: 'body',
    text: "{'observatory': 'hst', 'operational_context': 'hst_0003.pmap', 'mapping_url': {'hst': 'm'}, 'reference_url': {'hst': 'r'}}",
  });
  const tools = crdsTools({
    CRDS_PATH: await temporaryFolder(t),
    CRDS_SERVER_URL: serverless,
    CRDS_CONFIG_URI: `${server.url}/config`,
  });
  const info = await tools.info();
  t.like(info, { connected: false, urls: { mappings: 'm', references: 'r' } });
  t.is(info.contexts.operational, 'hst_0003.pmap');
  t.deepEqual(server.requests, ['server_config']);
});

test('contexts are named by file, by tag and by date', async (t) => {
  const server = await crdsServer(t);
  const tools = crdsTools({ CRDS_PATH: await temporaryFolder(t), CRDS_SERVER_URL: server.url });
  const resolve = (text: string | undefined): Promise<string> =>
    resolveContext(text, { ...tools, signal: never });
  t.is(await resolve('hst_0729.pmap'), 'hst_0729.pmap');
  t.deepEqual(server.requests, [], 'a file name asks nobody');
  for (const text of [undefined, 'latest', 'hst-operational', 'hst-edit', '2019-01-01']) {
    t.is(await resolve(text), smallContext.name);
  }
  for (const text of ['hst-versions', 'hst_acs_0001.imap', 'nonsense', '../x.pmap']) {
    const error = await t.throwsAsync(resolve(text), { instanceOf: CaldpError });
    t.is(error.code, 'CRDS_CONTEXT_UNKNOWN', text);
  }
});

test('a date is no context where no server is asked', async (t) => {
  const server = await crdsServer(t);
  const environment = { CRDS_PATH: await temporaryFolder(t), CRDS_SERVER_URL: server.url };
  await crdsTools(environment).info();
  const tools = crdsTools({ ...environment, CRDS_SERVER_URL: serverless });
  await t.throwsAsync(resolveContext('2019-01-01', { ...tools, signal: never }), {
    message: /only a server knows/,
  });
});

test('the real configuration of a server is read', async (t) => {
  const path = needsData(t, 'lab', 'crds', 'config', 'hst', 'server_config');
  if (path === undefined) return;
  const raw = parseServerConfig(await readFile(path, 'utf8'), { source: path });
  const info = parseServerInfo(raw, { connected: false, source: path });
  t.is(info.contexts.operational, 'hst_0729.pmap');
  t.true(info.badFiles.has('l2d0959cj_pfl.fits'));
  t.deepEqual(info.urls.references, 'https://hst-crds.stsci.edu/unchecked_get/references/hst/');
  t.truthy((await info.files())?.get('n4e12510j_crr.fits')?.sha1);
});
