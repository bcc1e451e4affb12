import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readExposureHeader } from '../../src/crds/headers/exposure-header.ts';
import { crdsServer } from '../helpers/crds-server.ts';
import { never } from '../helpers/folder-rules.ts';
import { runCaldp, type CaldpRun } from '../helpers/run-caldp.ts';
import { smallContext, smallHeader, writeSmallRules } from '../helpers/small-context.ts';
import { writeSmallExposure } from '../helpers/small-exposure.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const serverless = 'https://hst-serverless-mode.stsci.edu';
const raw = 'j0000000q_raw.fits';

interface Site {
  readonly folder: string;
  readonly path: string;
  readonly bestrefs: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<CaldpRun>;
}

/** A folder with an exposure and a cache that has rules, but neither references nor a configuration. */
async function site(t: ExecutionContext, keywords: Record<string, string> = {}): Promise<Site> {
  const folder = await temporaryFolder(t);
  const cache = join(folder, 'cache');
  await writeSmallRules(cache);
  const path = join(folder, raw);
  await writeSmallExposure(path, { ...smallHeader, BIASFILE: 'jref$stale_bia.fits', ...keywords });
  const offline = { CRDS_PATH: cache, CRDS_SERVER_URL: serverless, CRDS_READONLY_CACHE: '1' };
  return {
    folder,
    path,
    bestrefs: (args, env = {}) =>
      runCaldp(['bestrefs', ...args], { cwd: folder, env: { ...offline, ...env } }),
  };
}

const context = ['--context', smallContext.name];

test('bestrefs shows what would change and changes nothing', async (t) => {
  const { bestrefs, path } = await site(t);
  const before = await readFile(path);
  const { code, out, err } = await bestrefs([raw, ...context]);
  t.is(code, 0, err);
  t.regex(out, /^j0000000q_raw\.fits: ACS by hst_0001\.pmap\n/);
  t.regex(out, /BIASFILE +jref\$stale_bia\.fits +jref\$new1234aj_bia\.fits +changes/);
  t.regex(out, /CCDTAB +jref\$tab1234aj_ccd\.fits/);
  t.true(before.equals(await readFile(path)));
});

test('bestrefs --json shows the same for programs, a line a file', async (t) => {
  const { bestrefs } = await site(t, { 'TIME-OBS': 'UNDEFINED', BIASCORR: 'OMIT' });
  const { code, out } = await bestrefs([raw, raw, ...context, '--json']);
  t.is(code, 0);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  t.is(lines.length, 2);
  t.like(lines[0], { path: raw, context: smallContext.name, instrument: 'ACS', references: [] });
  t.like(lines[0], { failures: [{ keyword: 'BIASFILE' }, { keyword: 'CCDTAB' }] });
});

test('bestrefs that finds no reference for a step to be performed shows all lookups and ends with 27, as --update would', async (t) => {
  const { bestrefs } = await site(t, { 'TIME-OBS': 'UNDEFINED', BIASCORR: 'PERFORM' });
  const { code, out, err } = await bestrefs([raw, ...context]);
  t.is(code, 27);
  t.regex(out, /BIASFILE +not found: /);
  t.regex(
    err,
    /^caldp: .*`j0000000q_raw\.fits`.*BIASFILE \(BIASCORR is PERFORM\).*\[CRDS_REFERENCE_FAILED\]$/m,
  );
});

test('bestrefs --update fetches references, tells each, and writes the header', async (t) => {
  const server = await crdsServer(t);
  const { bestrefs, path } = await site(t);
  const online = { CRDS_SERVER_URL: server.url, CRDS_READONLY_CACHE: '0' };
  const { code, out, err } = await bestrefs([raw, '--update'], online);
  t.is(code, 0, err);
  t.regex(out, /BIASFILE .* changed/);
  t.regex(err, /^Fetched \S+, 96\.0 kB \(1 of 2 files there, .* of 192\.0 kB fetched\)$/m);
  t.regex(err, /^Fetched \S+, 96\.0 kB \(2 of 2 files there, 192\.0 kB of 192\.0 kB fetched\)$/m);
  const { values } = await readExposureHeader(path, { signal: never });
  t.like(values, { BIASFILE: 'jref$new1234aj_bia.fits', CRDS_CTX: smallContext.name });
});

test('bestrefs --update that cannot fetch leaves the header and ends with 27', async (t) => {
  const { bestrefs, path } = await site(t);
  const before = await readFile(path);
  const { code, err } = await bestrefs([raw, '--update', ...context]);
  t.is(code, 27);
  t.regex(err, /^caldp: .*`new1234aj_bia\.fits`.*read-only cache.* \[CRDS_REFERENCE_MISSING\]$/m);
  t.true(before.equals(await readFile(path)));
});

test('a cache that cannot be written fails the file with its path, and leaves the header', async (t) => {
  const server = await crdsServer(t);
  const { bestrefs, path, folder } = await site(t);
  const before = await readFile(path);
  await writeFile(join(folder, 'file'), '');
  const env = {
    CRDS_SERVER_URL: server.url,
    CRDS_READONLY_CACHE: '0',
    CRDS_PATH: join(folder, 'file'),
  };
  const { code, err } = await bestrefs([raw, '--update'], env);
  t.is(code, 27);
  t.regex(
    err,
    /^caldp: The CRDS cache cannot be used: ENOTDIR: .*`CRDS_READONLY_CACHE=1`.*\[CRDS_CACHE_FAILED\]$/m,
  );
  t.true(before.equals(await readFile(path)));
});

test('a file that fails does not keep bestrefs from the others', async (t) => {
  const { bestrefs, folder } = await site(t);
  await writeFile(join(folder, 'bad_raw.fits'), 'no FITS');
  const { code, out, err } = await bestrefs(['bad_raw.fits', raw, ...context]);
  t.is(code, 27);
  t.regex(err, /`bad_raw\.fits`.*\[CRDS_HEADER_INVALID\]/);
  t.regex(out, /BIASFILE/);
});

test('of several files, the one whose header cannot be answered is named', async (t) => {
  const { bestrefs, folder } = await site(t);
  await writeSmallExposure(join(folder, 'none_raw.fits'), {
    ...smallHeader,
    INSTRUME: 'UNDEFINED',
  });
  await writeSmallExposure(join(folder, 'foo_raw.fits'), { ...smallHeader, INSTRUME: 'FOO' });
  const { code, err } = await bestrefs([raw, 'none_raw.fits', 'foo_raw.fits', ...context]);
  t.is(code, 27);
  t.regex(
    err,
    /^caldp: `none_raw\.fits`: The header names no instrument\..*\[CRDS_HEADER_INVALID\]$/m,
  );
  t.regex(err, /^caldp: `foo_raw\.fits`: .* no instrument `foo`\..*\[CRDS_INSTRUMENT_UNKNOWN\]$/m);
});

test('bestrefs --headers answers a list of headers with a list', async (t) => {
  const { bestrefs, folder } = await site(t);
  const headers = [
    smallHeader,
    { ...smallHeader, INSTRUME: 'FOO' },
    { ...smallHeader, DETECTOR: 'X' },
  ];
  await writeFile(join(folder, 'headers.json'), JSON.stringify(headers));
  const { code, out, err } = await bestrefs(['--headers', 'headers.json', '--json', ...context]);
  t.is(code, 0, err);
  t.deepEqual(JSON.parse(out), [
    { biasfile: 'new1234aj_bia.fits', ccdtab: 'tab1234aj_ccd.fits' },
    { error: "Unknown instrument 'foo' for context 'hst_0001.pmap'" },
    {
      biasfile: "NOT FOUND  parameter='DETECTOR' value='X' is not in ['HRC']",
      ccdtab: "NOT FOUND  parameter='DETECTOR' value='X' is not in ['HRC']",
    },
  ]);
});

for (const [name, text, message] of [
  ['is no JSON', '{', /`headers\.json` is no JSON/],
  ['is no list', '{}', /Expected a JSON list of headers.*it is not a list/],
  ['holds something else', '[{"A": {}}]', /`A` of item 0 is not a text/],
] as const) {
  test(`a list of headers that ${name} is refused`, async (t) => {
    const { bestrefs, folder } = await site(t);
    await writeFile(join(folder, 'headers.json'), text);
    const { code, out, err } = await bestrefs(['--headers', 'headers.json', ...context]);
    t.not(code, 0);
    t.is(out, '');
    t.regex(err, message);
    t.regex(err, /\[CRDS_HEADER_INVALID\]/);
  });
}

test('what bestrefs cannot work with is told in one line', async (t) => {
  const { bestrefs } = await site(t);
  for (const [args, code, message, env] of [
    [[], 2, /Expected FITS files, or a list of headers/, {}],
    [[raw, '--headers', 'x.json'], 2, /not both/, {}],
    [[raw, '--context', 'nonsense'], 27, /`nonsense`.*\[CRDS_CONTEXT_UNKNOWN\]/, {}],
    [[raw, '--context', 'hst_9999.pmap'], 27, /`hst_9999\.pmap`.*\[CRDS_RULES_MISSING\]/, {}],
    [['--headers', 'none.json'], 2, /`none\.json` cannot be read.*\[CRDS_HEADER_INVALID\]/, {}],
    [['none.fits', ...context], 27, /`none\.fits`: ENOENT.*\[CRDS_HEADER_INVALID\]/, {}],
    [['.', ...context], 27, /`\.`: expected a regular file.*\[CRDS_HEADER_INVALID\]/, {}],
    [[raw], 27, /`CRDS_READONLY_CACHE` is `perhaps`/, { CRDS_READONLY_CACHE: 'perhaps' }],
  ] as const) {
    const ended = await bestrefs(args, env);
    t.is(ended.code, code, ended.err);
    t.regex(ended.err, message);
    t.notRegex(ended.err, /defect|\n {4}at /);
  }
});
