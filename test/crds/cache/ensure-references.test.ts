import { readFile, readdir, readlink, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../../src/errors/caldp-error.ts';
import { ensureReferences } from '../../../src/crds/cache/reference-cache.ts';
import type { TransferProgress } from '../../../src/crds/cache/transfer-progress.ts';
import type { CrdsTools } from '../../../src/crds/crds-tools.ts';
import { crdsServer, type CrdsServer, type Fault } from '../../helpers/crds-server.ts';
import { crdsTools } from '../../helpers/crds-tools.ts';
import { never } from '../../helpers/folder-rules.ts';
import { smallContext, smallReference } from '../../helpers/small-context.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const [, file] = smallContext.references;

async function setUp(
  t: ExecutionContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly server: CrdsServer; readonly tools: CrdsTools; readonly cache: string }> {
  const server = await crdsServer(t);
  const cache = await temporaryFolder(t);
  const variables = { CRDS_PATH: cache, CRDS_SERVER_URL: server.url, ...environment };
  return { server, cache, tools: crdsTools(variables, { stallMs: 300 }) };
}

function placeOf(cache: string, name: string): string {
  return join(cache, 'references', 'hst', 'acs', name);
}

async function leftOvers(cache: string): Promise<readonly string[]> {
  const names = await readdir(join(cache, 'references', 'hst', 'acs'));
  return names.filter((name) => name.startsWith('.'));
}

const faults: readonly (readonly [Fault, RegExp])[] = [
  [{ kind: 'status', status: 404 }, /answered 404/],
  [{ kind: 'status', status: 503 }, /answered 503/],
  [{ kind: 'corrupt' }, /its SHA-1 is/],
  [{ kind: 'short' }, /it has \d+ bytes, expected/],
  [{ kind: 'gone' }, /cannot be fetched/],
  [{ kind: 'stall' }, /sent nothing for 0.3 s/],
];

for (const [fault, message] of faults) {
  const name = fault.kind === 'status' ? `${fault.kind} ${fault.status}` : fault.kind;
  test(`a download that ends with "${name}" is an error and leaves nothing in the cache`, async (t) => {
    const { server, tools, cache } = await setUp(t);
    server.fail(file, fault);
    const error = await t.throwsAsync(ensureReferences([file], tools, { signal: never }), {
      instanceOf: CaldpError,
      message,
    });
    t.is(error.code, 'CRDS_DOWNLOAD_FAILED');
    t.is(error.exit, 'BESTREFS_ERROR');
    t.deepEqual(await readdir(join(cache, 'references', 'hst', 'acs')), []);
  });
}

test('a download is tried again as often as the environment says', async (t) => {
  const { server, tools, cache } = await setUp(t, { CRDS_CLIENT_RETRY_COUNT: '4' });
  server.fail(file, { kind: 'corrupt' }, { kind: 'gone' }, { kind: 'status', status: 500 });
  const [reference] = await ensureReferences([file], tools, { signal: never });
  t.like(reference, { name: file, path: placeOf(cache, file), fetched: true });
  t.true(smallReference(file).equals(await readFile(placeOf(cache, file))));
  t.deepEqual(await leftOvers(cache), []);
});

test('an answer that cannot change is not asked for again', async (t) => {
  const { server, tools } = await setUp(t, { CRDS_CLIENT_RETRY_COUNT: '4' });
  server.fail(file, { kind: 'status', status: 404 });
  await t.throwsAsync(ensureReferences([file], tools, { signal: never }), { message: /404/ });
  t.deepEqual(server.requests, ['rpc:get_server_info', file]);
});

test('a file that is in the cache is not fetched, one of the wrong size is', async (t) => {
  const { server, tools, cache } = await setUp(t);
  await ensureReferences([file], tools, { signal: never });
  const [again] = await ensureReferences([file], tools, { signal: never });
  t.false(again?.fetched);
  await truncate(placeOf(cache, file), 10);
  const [mended] = await ensureReferences([file], tools, { signal: never });
  t.true(mended?.fetched);
  t.true(smallReference(file).equals(await readFile(placeOf(cache, file))));
  t.is(server.requests.filter((name) => name === file).length, 2);
});

test('a damaged file of the right size is found when contents are verified', async (t) => {
  const { tools, cache } = await setUp(t);
  await ensureReferences([file], tools, { signal: never });
  await writeFile(placeOf(cache, file), Buffer.alloc(smallReference(file).length));
  const [trusted] = await ensureReferences([file], tools, { signal: never });
  t.false(trusted?.fetched);
  const [verified] = await ensureReferences([file], tools, { signal: never, verify: 'content' });
  t.true(verified?.fetched);
});

test('a file that cannot be replaced stays as it was', async (t) => {
  const { server, tools, cache } = await setUp(t);
  await ensureReferences([file], tools, { signal: never });
  await truncate(placeOf(cache, file), 10);
  server.fail(file, { kind: 'corrupt' });
  await t.throwsAsync(ensureReferences([file], tools, { signal: never }));
  t.is((await stat(placeOf(cache, file))).size, 10);
});

test('a file that the server does not know is an error before anything is fetched', async (t) => {
  const { server, tools } = await setUp(t);
  const error = await t.throwsAsync(
    ensureReferences(['zzz1234aj_bia.fits'], tools, { signal: never }),
    { instanceOf: CaldpError, message: /not known to the CRDS server/ },
  );
  t.is(error.code, 'CRDS_REFERENCE_MISSING');
  t.deepEqual(server.requests, ['rpc:get_server_info']);
});

test('a name that leads out of the cache is refused', async (t) => {
  const { tools } = await setUp(t);
  await t.throwsAsync(ensureReferences(['../../x_bia.fits'], tools, { signal: never }), {
    message: /not a file name/,
  });
});

test('nothing is fetched into a read-only cache; what it lacks is an error', async (t) => {
  const { server, tools } = await setUp(t, { CRDS_READONLY_CACHE: '1' });
  const error = await t.throwsAsync(ensureReferences([file], tools, { signal: never }), {
    instanceOf: CaldpError,
  });
  t.is(error.code, 'CRDS_REFERENCE_MISSING');
  t.false(server.requests.includes(file));
});

test('sizes and digests are asked for where the configuration lacks them', async (t) => {
  const { server, tools } = await setUp(t);
  server.packsMetadata = false;
  await ensureReferences([file], tools, { signal: never });
  t.deepEqual(server.requests, ['rpc:get_server_info', 'rpc:get_file_info_map', file]);
});

test('references lie in a folder of their instrument, which programs know by a second name', async (t) => {
  const { tools, cache } = await setUp(t);
  await ensureReferences([file], tools, { signal: never });
  t.is(
    await readlink(join(cache, 'references', 'hst', 'jref')),
    join(cache, 'references', 'hst', 'acs'),
  );
  t.is(await readFile(join(cache, 'config', 'hst', 'ref_cache_subdir_mode'), 'utf8'), 'instrument');
});

test('a cache that says it is flat is filled so', async (t) => {
  const { tools, cache } = await setUp(t, { CRDS_CFGPATH_SINGLE: await temporaryFolder(t) });
  await writeFile(join(tools.settings.folders.config, 'ref_cache_subdir_mode'), 'flat\n');
  const [reference] = await ensureReferences([file], tools, { signal: never });
  t.is(reference?.path, join(cache, 'references', 'hst', file));
});

test('a legacy cache without a folder for the instrument is an error that names the variable', async (t) => {
  const { tools } = await setUp(t, { CRDS_CFGPATH_SINGLE: await temporaryFolder(t) });
  await writeFile(join(tools.settings.folders.config, 'ref_cache_subdir_mode'), 'legacy');
  const error = await t.throwsAsync(ensureReferences([file], tools, { signal: never }), {
    instanceOf: CaldpError,
    message: /`jref`/,
  });
  t.is(error.code, 'CRDS_CONFIG_INVALID');
});

test('a transfer that is aborted leaves nothing and gives up its lock', async (t) => {
  const { server, tools, cache } = await setUp(t);
  server.delayMs = 60_000;
  const controller = new AbortController();
  const bytes: number[] = [];
  const work = ensureReferences([file], tools, {
    signal: controller.signal,
    onProgress: (progress) => {
      bytes.push(progress.bytes);
      controller.abort(new Error('enough'));
    },
  });
  await t.throwsAsync(work, { message: 'enough' });
  t.true(bytes.length > 0);
  t.deepEqual(await readdir(join(cache, 'references', 'hst', 'acs')), []);
});

test('progress tells how many bytes of a file and of all have arrived', async (t) => {
  const { tools } = await setUp(t);
  await ensureReferences([file], tools, { signal: never });
  const told: TransferProgress[] = [];
  await ensureReferences(smallContext.references, tools, {
    signal: never,
    onProgress: (progress) => told.push(progress),
  });
  const size = smallReference(file).length;
  t.true(told.some(({ status, bytes }) => status === 'under-way' && bytes < size));
  t.deepEqual(
    told.filter(({ name }) => name === file),
    [],
    'what is there is not fetched',
  );
  const last = told.at(-1);
  t.like(last, { status: 'fetched', bytes: size, size });
  t.deepEqual(last?.all, { files: 3, count: 3, bytes: 2 * size, size: 2 * size });
});
