import { readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { crdsServer, type CrdsServer } from '../helpers/crds-server.ts';
import { runCaldp, type CaldpRun } from '../helpers/run-caldp.ts';
import { smallContext } from '../helpers/small-context.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const serverless = 'https://hst-serverless-mode.stsci.edu';

interface Site {
  readonly server: CrdsServer;
  readonly cache: string;
  readonly crds: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<CaldpRun>;
}

async function site(t: ExecutionContext): Promise<Site> {
  const server = await crdsServer(t);
  const cache = await temporaryFolder(t);
  const variables = { CRDS_PATH: cache, CRDS_SERVER_URL: server.url };
  return {
    server,
    cache,
    crds: (args, env = {}) =>
      runCaldp(['crds', ...args], { cwd: cache, env: { ...variables, ...env } }),
  };
}

test('crds sync fills a cache, tells each file with its size, and then has nothing to do', async (t) => {
  const { crds, cache, server } = await site(t);
  const first = await crds(['sync', '--references']);
  t.is(first.code, 0, first.err);
  t.is(first.out, '4 rules, 4 of them fetched now.\n3 references, 288.0 kB in all.\n');
  t.is(first.err.match(/^Fetched hst_\S+, \S+ kB \(\d of 4 files there, /gm)?.length, 4);
  t.regex(first.err, /\(3 of 3 files there, 288\.0 kB of 288\.0 kB fetched\)$/m);
  t.deepEqual((await readdir(join(cache, 'mappings', 'hst'))).sort(), [...smallContext.rules]);
  const asked = server.requests.length;
  const second = await crds(['sync', '--references', '--verify']);
  t.is(second.err, '');
  t.regex(second.out, /^4 rules, 0 of them fetched now\./);
  t.deepEqual(server.requests.slice(asked), ['rpc:get_server_info']);
});

test('crds sync mends a file of the wrong size', async (t) => {
  const { crds, cache } = await site(t);
  const [, file] = smallContext.references;
  await crds(['sync', '--references']);
  await truncate(join(cache, 'references', 'hst', 'acs', file), 10);
  const { code, err } = await crds(['sync', '--references']);
  t.is(code, 0);
  t.is(err, `Fetched ${file}, 96.0 kB (3 of 3 files there, 96.0 kB of 96.0 kB fetched)\n`);
});

test('crds sync that fails tells why and ends with 27', async (t) => {
  const { crds, server } = await site(t);
  server.fail(smallContext.references[1], { kind: 'corrupt' });
  const broken = await crds(['sync', '--references']);
  t.is(broken.code, 27);
  t.regex(broken.err, /^caldp: .*its SHA-1 is.*\[CRDS_DOWNLOAD_FAILED\]$/m);
  const readOnly = await crds(['sync'], { CRDS_READONLY_CACHE: '1' });
  t.is(readOnly.code, 27);
  t.regex(readOnly.err, /cannot be filled: `CRDS_READONLY_CACHE` says.*\[CRDS_CONFIG_INVALID\]/);
});

test('a reference that cannot be had does not keep crds sync from the others', async (t) => {
  const { crds, cache, server } = await site(t);
  const [first, second, third] = smallContext.references;
  server.fail(first, { kind: 'status', status: 404 });
  const { code, out, err } = await crds(['sync', '--references']);
  t.is(code, 27);
  t.regex(out, /^2 references, 192\.0 kB in all\.$/m);
  t.regex(err, /^caldp: .*404.*\[CRDS_DOWNLOAD_FAILED\]$/m);
  t.deepEqual(await readdir(join(cache, 'references', 'hst', 'acs')), [second, third].sort());
  const again = await crds(['sync', '--references']);
  t.deepEqual([again.code, again.out.split('\n')[1]], [0, '3 references, 288.0 kB in all.']);
});

test('a server that does not answer is told as what it is where there is no copy to use', async (t) => {
  const { crds, server } = await site(t);
  server.close();
  const { code, err } = await crds(['sync']);
  t.is(code, 27);
  t.regex(
    err,
    /^caldp: The CRDS server cannot be asked at .* And .* holds no `server_config`.*\[CRDS_CONFIG_INVALID\]\n$/,
  );
  t.notRegex(err, /copy in the cache is used/);
});

test('a cache that cannot be written is told with its path, and ends with 27', async (t) => {
  const { crds, cache } = await site(t);
  await writeFile(join(cache, 'file'), '');
  const broken = { CRDS_PATH: join(cache, 'file') };
  for (const args of [['sync'], ['info']]) {
    const { code, out, err } = await crds(args, broken);
    t.is(code, 27, args[0]);
    t.regex(out + err, /The CRDS cache cannot be used: ENOTDIR: .*\/file/, args[0]);
    t.notRegex(err, /defect/);
  }
});

test('crds info tells context, server, cache and what is there', async (t) => {
  const { crds, cache } = await site(t);
  await crds(['sync', '--references']);
  const { code, out, err } = await crds(['info']);
  t.is(code, 0, err);
  t.regex(out, /^context +hst_0001\.pmap$/m);
  t.regex(out, /^server +http:\/\/127\.0\.0\.1:\d+ \(answers\)$/m);
  t.true(out.includes(join(cache, 'mappings', 'hst')));
  t.regex(out, /^ +3 of 3 there, 288\.0 kB$/m);
  t.regex(out, /^bad files +1 known$/m);
});

test('crds info tells what is missing and ends with 27', async (t) => {
  const { crds } = await site(t);
  const { code, out } = await crds(['info'], { CRDS_SERVER_URL: serverless });
  t.is(code, 27);
  t.regex(out, /^context +unknown$/m);
  t.regex(out, /^problem +No CRDS server is asked and .* holds no `server_config`/m);
});

test('a part of crds that is not known is an error of the command line', async (t) => {
  const { crds } = await site(t);
  const { code, err } = await crds(['synchronise']);
  t.is(code, 2);
  t.regex(err, /unknown command 'synchronise'/);
});
