import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join, relative } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CaldpError } from '../../src/errors/caldp-error.ts';
import { checkWholeFits } from '../../src/fits/check-whole.ts';
import { setKeyword } from '../../src/fits/header-edit.ts';
import { updateHeader } from '../../src/fits/update-header.ts';
import { withFits } from '../../src/fits/fits-file.ts';
import { readAssociation } from '../../src/hst/read-association.ts';
import { BestReferences } from '../../src/crds/best-references.ts';
import { references } from '../../src/simulator/headers/calibration-keywords.ts';
import { simulate, type Simulation } from '../../src/simulator/simulate.ts';
import type { CaseName } from '../../src/simulator/simulation-case.ts';
import { crdsTools } from '../helpers/crds-tools.ts';
import { namesBelow } from '../helpers/names-below.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { signal } = new AbortController();

async function simulated(
  t: ExecutionContext,
  options: { readonly name: CaseName; readonly seed?: number },
): Promise<Simulation & { readonly folder: string }> {
  const folder = await temporaryFolder(t);
  const made = await simulate(folder, { cases: [options.name], seed: options.seed ?? 1, signal });
  return { ...made, folder };
}

/** SHA-256 of every file below a folder but the configuration, which holds the path of the folder. */
async function hashes(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const entries = files
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.sh'))
    .map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = await fs.readFile(path);
      return [relative(folder, path), createHash('sha256').update(bytes).digest('hex')] as const;
    });
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('the same seed gives the same bytes, another one other data of the same shape', async (t) => {
  const [first, again, other] = await Promise.all([
    simulated(t, { name: 'sbc-repeat' }),
    simulated(t, { name: 'sbc-repeat' }),
    simulated(t, { name: 'sbc-repeat', seed: 2 }),
  ]);
  const expected = await hashes(first.folder);
  t.deepEqual(await hashes(again.folder), expected);
  const different = await hashes(other.folder);
  t.deepEqual(Object.keys(different), Object.keys(expected));
  const raw = 'raw/jdzs04a1q_raw.fits';
  t.not(different[raw], expected[raw]);
  t.deepEqual(
    Object.fromEntries(Object.entries(expected).filter(([name]) => name.endsWith('_raw.fits'))),
    rawHashes,
    'raw files changed: goldens made from them do not hold any more',
  );
});

test('a folder with files in it is refused and left alone', async (t) => {
  const folder = await temporaryFolder(t);
  await fs.writeFile(join(folder, 'thesis.txt'), 'precious');
  const error = await t.throwsAsync(simulate(folder, { cases: ['sbc-repeat'], seed: 1, signal }), {
    instanceOf: CaldpError,
    code: 'SIMULATION_FOLDER',
  });
  t.is(error.exitCode, 2);
  t.deepEqual(await fs.readdir(folder), ['thesis.txt']);
});

test('a simulation that is aborted leaves nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const controller = new AbortController();
  const options = { cases: ['sbc-repeat'], seed: 1, signal: controller.signal } as const;
  const say = (text: string): void => {
    if (text.startsWith('SBC')) controller.abort();
  };
  await t.throwsAsync(simulate(folder, { ...options, say }), { any: true, name: 'AbortError' });
  t.deepEqual(await fs.readdir(folder), []);
});

test('an association is whole: table, exposures, references, truth', async (t) => {
  const { rawFolder, cache, datasets, folder } = await simulated(t, { name: 'hrc-crsplit' });
  const [dataset] = datasets;
  if (dataset === undefined) throw new Error('Expected a dataset.');
  for (const name of (await namesBelow(folder)).filter((each) => each.endsWith('.fits'))) {
    t.is((await checkWholeFits(join(folder, name))).status, 'whole', name);
  }
  const { exposures, products } = readAssociation(join(rawFolder, `${dataset.id}_asn.fits`));
  t.deepEqual(
    exposures.map(({ name }) => `${name}_raw.fits`),
    dataset.files.slice(0, -1),
  );
  t.deepEqual(
    products.map(({ name, type }) => `${name} ${type}`),
    ['j8zs01011 PROD-CRJ'],
  );
  const named = headerReferences(join(rawFolder, dataset.files[0] ?? ''));
  const present = await fs.readdir(join(cache, 'references', 'hst'));
  t.deepEqual([...named.values()].map((text) => text.replace('jref$', '')).sort(), present.sort());
});

test('the rules of the simulated cache choose the simulated references for exposures that name none', async (t) => {
  const { rawFolder, cache, datasets } = await simulated(t, { name: 'hrc-crsplit' });
  const path = join(rawFolder, datasets[0]?.files[0] ?? '');
  const expected = headerReferences(path);
  await updateHeader(path, {
    edit: (header) => {
      for (const keyword of expected.keys()) setKeyword(header, keyword, { value: 'N/A' });
    },
  });
  t.is(headerReferences(path).size, 0);
  const tools = crdsTools({
    CRDS_PATH: cache,
    CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
    CRDS_READONLY_CACHE: '1',
  });
  const best = new BestReferences(tools, { context: undefined, signal });
  const assignment = await best.assign(path, { version: 'test', signal });
  t.deepEqual(assignment.failures, []);
  t.deepEqual(headerReferences(path), expected);
});

/** The references that a header names, by keyword. */
function headerReferences(path: string): ReadonlyMap<string, string> {
  return withFits(path, ({ primary }) => {
    const pairs = references.map(([keyword]) => {
      const value = primary.header.card(keyword)?.value;
      return [keyword, value?.kind === 'string' ? value.value : ''] as const;
    });
    return new Map(pairs.filter(([, value]) => value.startsWith('jref$')));
  });
}

/** Of seed 1, on every machine. */
const rawHashes = {
  'raw/jdzs04a1q_raw.fits': 'd7a282b2c63cbd84e694b800c73d46ca8a30b96d137234eb997ddf21876675f5',
  'raw/jdzs04a2q_raw.fits': '1b35b4e66dd6fc02e6969100ee2b6d4916603ce60270a7a4fb6e994aef9e4d6b',
  'raw/jdzs04a3q_raw.fits': '1aff32b3162a76ad8e789c1af777458defc0c20f98d07861194ee5e2d6cedbc2',
};
