import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { answerHeaders } from '../../src/crds/answer-headers.ts';
import { BestReferences } from '../../src/crds/best-references.ts';
import { crdsReport } from '../../src/crds/crds-report.ts';
import type { CrdsTools } from '../../src/crds/crds-tools.ts';
import { readExposureHeader } from '../../src/crds/headers/exposure-header.ts';
import { syncContext } from '../../src/crds/sync-context.ts';
import { crdsServer, type CrdsServer } from '../helpers/crds-server.ts';
import { crdsTools } from '../helpers/crds-tools.ts';
import { never } from '../helpers/folder-rules.ts';
import { needsData } from '../helpers/needs.ts';
import {
  smallContext,
  smallHeader,
  smallRmap,
  smallRules,
  writeSmallRules,
} from '../helpers/small-context.ts';
import { writeSmallExposure } from '../helpers/small-exposure.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const options = { version: 'test', signal: never } as const;
const serverless = 'https://hst-serverless-mode.stsci.edu';

interface Setup {
  readonly server: CrdsServer;
  readonly tools: CrdsTools;
  readonly best: BestReferences;
  readonly cache: string;
}

async function setUp(
  t: ExecutionContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<Setup> {
  const server = await crdsServer(t);
  const cache = await temporaryFolder(t);
  const tools = crdsTools({ CRDS_PATH: cache, CRDS_SERVER_URL: server.url, ...environment });
  return { server, cache, tools, best: open(tools) };
}

function open(tools: CrdsTools, context?: string): BestReferences {
  return new BestReferences(tools, { context, signal: never });
}

async function exposure(
  t: ExecutionContext,
  keywords: Readonly<Record<string, string>> = {},
): Promise<string> {
  const path = join(await temporaryFolder(t), 'j0000000q_raw.fits');
  await writeSmallExposure(path, { ...smallHeader, ...keywords });
  return path;
}

test('references are assigned from nothing: rules and references are fetched, then the header is written', async (t) => {
  const { best, server, cache } = await setUp(t);
  const path = await exposure(t, { BIASFILE: 'jref$stale_bia.fits' });
  const assignment = await best.assign(path, {
    ...options,
    others: [{ keyword: 'RANDSEED', value: 1 }],
  });
  t.like(assignment, { context: smallContext.name, instrument: 'ACS', failures: [], warnings: [] });
  t.deepEqual(assignment.current, new Map([['BIASFILE', 'jref$stale_bia.fits']]));
  t.deepEqual(
    assignment.references.map(({ name, fetched }) => [name, fetched]),
    [
      ['new1234aj_bia.fits', true],
      ['tab1234aj_ccd.fits', true],
    ],
  );
  const { values } = await readExposureHeader(path, { signal: never });
  t.like(values, {
    BIASFILE: 'jref$new1234aj_bia.fits',
    CCDTAB: 'jref$tab1234aj_ccd.fits',
    CRDS_CTX: smallContext.name,
    CRDS_VER: 'test',
    RANDSEED: '1',
  });
  t.is(
    await readFile(join(cache, 'mappings', 'hst', smallContext.name), 'utf8'),
    smallRules().get(smallContext.name) ?? '',
  );
  await best.assign(await exposure(t), options);
  t.is(new Set(server.requests).size, server.requests.length, 'nothing is asked for twice');
});

test('a header never names a reference that could not be fetched', async (t) => {
  const { best, server } = await setUp(t);
  const path = await exposure(t, { BIASFILE: 'jref$stale_bia.fits' });
  const before = await readFile(path);
  server.fail('new1234aj_bia.fits', { kind: 'corrupt' });
  const error = await t.throwsAsync(best.assign(path, options), { instanceOf: CaldpError });
  t.like(error, { code: 'CRDS_DOWNLOAD_FAILED', exit: 'BESTREFS_ERROR', retry: 'backoff' });
  t.true(before.equals(await readFile(path)));
});

test('a lookup that fails where its step is to be performed fails the file', async (t) => {
  const { best } = await setUp(t);
  const path = await exposure(t, { 'TIME-OBS': 'UNDEFINED' });
  const before = await readFile(path);
  const error = await t.throwsAsync(best.assign(path, options), { instanceOf: CaldpError });
  t.is(error.code, 'CRDS_REFERENCE_FAILED');
  t.regex(
    error.message,
    /BIASFILE \(BIASCORR is PERFORM\): UseAfter parameter 'TIME-OBS' is UNDEFINED/,
  );
  t.notRegex(error.message, /CCDTAB/);
  t.true(before.equals(await readFile(path)));
});

test('a lookup that fails where no step needs it leaves its keyword and is told', async (t) => {
  const { best } = await setUp(t);
  const path = await exposure(t, { 'TIME-OBS': 'UNDEFINED', BIASCORR: 'OMIT', CCDTAB: 'jref$old' });
  const { warnings, failures } = await best.assign(path, options);
  t.deepEqual(
    failures.map(({ keyword, performedBy }) => [keyword, performedBy]),
    [
      ['BIASFILE', undefined],
      ['CCDTAB', undefined],
    ],
  );
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['CRDS_LOOKUP_FAILED', 'CRDS_LOOKUP_FAILED'],
  );
  const { values } = await readExposureHeader(path, { signal: never });
  t.is(values['CCDTAB'], 'jref$old');
});

test('a reference that the server calls bad is told', async (t) => {
  const { best } = await setUp(t);
  const path = await exposure(t, { 'DATE-OBS': '2000-01-01' });
  const { warnings } = await best.assign(path, options);
  t.deepEqual(
    warnings.map(({ code }) => code),
    ['CRDS_REFERENCE_BAD'],
  );
});

test('a file that is no FITS, one without instrument and one with an unreadable keyword are errors', async (t) => {
  const { best } = await setUp(t);
  const path = await exposure(t);
  await writeFile(path, 'no FITS at all');
  const noFits = await t.throwsAsync(best.lookUpFile(path, options), { instanceOf: CaldpError });
  t.is(noFits.code, 'CRDS_HEADER_INVALID');
  const nameless = await exposure(t, { INSTRUME: 'UNDEFINED' });
  await t.throwsAsync(best.lookUpFile(nameless, options), { message: /names no instrument/ });
  const unreadable = await exposure(t, { DETECTOR: '!HRC HRC' });
  await t.throwsAsync(best.lookUpFile(unreadable, options), { message: /DETECTOR.*no FITS value/ });
  const other = await exposure(t, { INSTRUME: 'COS' });
  await t.throwsAsync(best.lookUpFile(other, options), { message: /no instrument `cos`/ });
});

test('rules that are damaged, unknown or newer than this version are errors that name them', async (t) => {
  const cache = await temporaryFolder(t);
  const tools = crdsTools({ CRDS_PATH: cache, CRDS_SERVER_URL: serverless });
  const path = join(cache, 'mappings', 'hst', 'hst_acs_ccdtab_0001.rmap');
  const good = smallRules().get('hst_acs_ccdtab_0001.rmap') ?? '';
  const match = "Match({'HRC' : UseAfter({'1992-01-01 00:00:00' : 'tab1234aj_ccd.fits'})})";
  const bad: readonly (readonly [string, string, RegExp])[] = [
    [good.replace('tab1234aj', 'tab1234ax'), 'CRDS_FILE_INVALID', /its checksum is/],
    [good.slice(0, -40), 'CRDS_FILE_INVALID', /line \d+: expected/],
    [
      good.replace('UseAfter', '__import__'),
      'CRDS_FILE_INVALID',
      /expected a value, found "__import__/,
    ],
    [
      smallRmap('ccdtab', match, ["'hooks' : {'fallback_header' : 'next_v9'}"]),
      'CRDS_RULES_UNKNOWN',
      /`next_v9`/,
    ],
    [smallRmap('ccdtab', 'ClosestTime({})'), 'CRDS_RULES_UNKNOWN', /other than `Match`/],
    [
      smallRmap('ccdtab', match.replace('UseAfter', 'Bracket')),
      'CRDS_FILE_INVALID',
      /`Bracket` is nested/,
    ],
    [
      smallRmap('ccdtab', match, ["'rmap_relevance' : '(len(DETECTOR) > 2)'"]),
      'CRDS_FILE_INVALID',
      /expected/,
    ],
    [
      smallRmap('ccdtab', "Match({('HRC', 'A') : 'x.fits'})"),
      'CRDS_FILE_INVALID',
      /2 elements for the 1 keywords/,
    ],
    [
      smallRmap('ccdtab', "Match({'HRC' : 'x.fits', 'hrc' : 'y.fits'})"),
      'CRDS_FILE_INVALID',
      /more than once/,
    ],
    [smallRmap('ccdtab', "Match({'((a+)+)' : 'x.fits'})"), 'CRDS_FILE_INVALID', /a repeated group/],
  ];
  for (const [text, code, message] of bad) {
    await writeSmallRules(cache);
    await writeFile(path, text);
    const error = await t.throwsAsync(open(tools, smallContext.name).lookUp(smallHeader, options), {
      instanceOf: CaldpError,
      message,
    });
    t.is(error.code, code);
    t.regex(error.message, /hst_acs_ccdtab_0001\.rmap/);
  }
});

test('rules that failed are read again the next time', async (t) => {
  const { best, server } = await setUp(t);
  server.fail('hst_acs_ccdtab_0001.rmap', { kind: 'status', status: 503 });
  await t.throwsAsync(best.lookUp(smallHeader, options), { message: /503/ });
  t.is((await best.lookUp(smallHeader, options)).updates.length, 2);
});

test('one lookup that is given up does not disturb another that waits for the same rules', async (t) => {
  const { best, server } = await setUp(t);
  server.delayMs = 200;
  const controller = new AbortController();
  const first = best.lookUp(smallHeader, { signal: controller.signal });
  const second = best.lookUp(smallHeader, options);
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 50);
  await t.throwsAsync(first, { message: 'enough' });
  t.is((await second).updates.length, 2);
});

test('a full cache works without a server, also one that holds no configuration', async (t) => {
  const cache = await temporaryFolder(t);
  await writeSmallRules(cache);
  const tools = crdsTools({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: serverless,
    CRDS_READONLY_CACHE: '1',
  });
  const { updates } = await open(tools, smallContext.name).lookUp(smallHeader, options);
  t.deepEqual(
    updates.map(({ value }) => value),
    ['jref$new1234aj_bia.fits', 'jref$tab1234aj_ccd.fits'],
  );
  const error = await t.throwsAsync(open(tools, 'hst_0002.pmap').lookUp(smallHeader, options), {
    instanceOf: CaldpError,
  });
  t.is(error.code, 'CRDS_RULES_MISSING');
});

test('rules are read from an address of their own without being kept where S3 is enabled', async (t) => {
  const { server, cache, best } = await setUp(t);
  const tools = crdsTools({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: serverless,
    CRDS_S3_ENABLED: '1',
    CRDS_MAPPING_URI: `${server.url}/mappings/hst`,
  });
  const { updates } = await open(tools, smallContext.name).lookUp(smallHeader, options);
  t.is(updates.length, 2);
  await t.throwsAsync(readFile(join(cache, 'mappings', 'hst', smallContext.name)));
  t.truthy(best);
});

test('a list of headers is answered in its order, in the words of the Python client', async (t) => {
  const { best } = await setUp(t);
  const answers = await answerHeaders([smallHeader, { INSTRUME: 'FOO' }, {}], best, options);
  t.deepEqual(answers, [
    { biasfile: 'new1234aj_bia.fits', ccdtab: 'tab1234aj_ccd.fits' },
    { error: "Unknown instrument 'foo' for context 'hst_0001.pmap'" },
    { error: "'No instrument keyword defined in header.'" },
  ]);
  await t.throwsAsync(answerHeaders({ INSTRUME: 'ACS' }, best, options), { message: /JSON list/ });
});

test('a cache is filled with rules and references, rules that select others last', async (t) => {
  const { tools, server, best } = await setUp(t);
  const first = await syncContext(tools, {
    context: smallContext.name,
    references: true,
    signal: never,
  });
  t.deepEqual(first.rules.map(({ name }) => name).reverse(), [
    ...smallContext.rules.slice(0, 2),
    ...smallContext.rules.slice(2).reverse(),
  ]);
  t.deepEqual(
    first.references.map(({ name }) => name),
    [...smallContext.references].sort(),
  );
  t.true(first.references.every(({ fetched }) => fetched));
  const asked = server.requests.length;
  const again = await syncContext(tools, {
    context: smallContext.name,
    references: true,
    verify: 'content',
    signal: never,
  });
  t.false([...again.rules, ...again.references].some(({ fetched }) => fetched));
  t.is(server.requests.length, asked);
  const report = await crdsReport(tools, best, options);
  t.like(report, {
    context: smallContext.name,
    problems: [],
    references: { named: 3, present: 3 },
  });
});

test('a read-only cache is not filled, and a report tells what is missing', async (t) => {
  const { tools, best } = await setUp(t, { CRDS_READONLY_CACHE: '1' });
  await t.throwsAsync(
    syncContext(tools, { context: smallContext.name, references: false, signal: never }),
    {
      message: /read only/,
    },
  );
  const report = await crdsReport(tools, best, options);
  t.regex(report.problems.join(), /hst_0001\.pmap/);
});

test('real exposures get what the Python client assigned', async (t) => {
  const golden = needsData(t, 'lab', 'golden', 'bestrefs_hst_0729.json');
  const cache = golden && needsData(t, 'lab', 'crds');
  if (!golden || !cache) return;
  const expected = JSON.parse(await readFile(golden, 'utf8')) as Readonly<
    Record<string, { readonly updates: Readonly<Record<string, string>> }>
  >;
  const tools = crdsTools({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: serverless,
    CRDS_READONLY_CACHE: '1',
  });
  const best = open(tools);
  for (const id of ['j8bt05njq', 'j8bt06o6q']) {
    const raw = needsData(t, 'lab', 'hst', id, `${id}_raw.fits`);
    if (raw === undefined) return;
    const copy = join(await temporaryFolder(t), `${id}_raw.fits`);
    await copyFile(raw, copy);
    const { references } = await best.assign(copy, options);
    t.true(references.length > 5);
    const { values } = await readExposureHeader(copy, { signal: never });
    t.like(values, {
      CRDS_CTX: 'hst_0729.pmap',
      ...expected[`crds/test/data/hst/${id}_raw.fits`]?.updates,
    });
  }
});
