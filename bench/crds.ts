/**
 * Speed of best references beside the Python client, in one run: each of the two is started anew for each figure, in turn.
 *
 * CALDP_TEST_DATA names the folder of test data; CRDS_PYTHON_SOURCE the source tree of the Python package `crds`, which is left out
 * where it is not set. NODE_EXTRA_CA_CERTS is taken away: where it is set, Node reads that file before anything else.
 * Run: `npm run build && node --import=tsx/esm bench/crds.ts`
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import { gzippedJson } from '../test/helpers/gzipped-json.ts';

const data = process.env['CALDP_TEST_DATA'] ?? '';
const source = process.env['CRDS_PYTHON_SOURCE'];
const program = fileURLToPath(new URL('../dist/program/caldp.cjs', import.meta.url));
const modules = fileURLToPath(new URL('../dist', import.meta.url));
const child = fileURLToPath(new URL('crds-child.js', import.meta.url));
const raw = join(data, 'lab', 'hst', 'j8bt05njq', 'j8bt05njq_raw.fits');
const context = 'hst_0729.pmap';
const cache = join(data, 'lab', 'crds');
const runs = Number(process.env['RUNS'] ?? 9);
const env = {
  NODE_EXTRA_CA_CERTS: undefined,
  NODE_OPTIONS: '',
  PYTHONPATH: source,
  CRDS_PATH: cache,
  CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
  CRDS_OBSERVATORY: 'hst',
  CRDS_READONLY_CACHE: '1',
};

interface Case {
  readonly context: string;
  readonly kind: string;
  readonly header: Readonly<Record<string, unknown>>;
}

/** Answers a list of headers as `caldp bestrefs --headers` does. */
const answersInPython = `
import json, sys
from crds.core import heavy_client
print(json.dumps([heavy_client.hv_best_references('${context}', h) for h in json.load(open(sys.argv[1]))]))
`;

/** All headers, with the rules of all instruments loaded before the clock starts. */
const manyInPython = `
import json, sys, time
from crds.core import heavy_client
headers = json.load(open(sys.argv[1]))
started = time.time()
heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap('wfc3').get_required_parkeys()
loaded = time.time() - started
imap = lambda h: heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap(h['INSTRUME'])
for header in headers: imap(header).get_required_parkeys()
started = time.time()
for header in headers: heavy_client.hv_best_references('${context}', header, include=list(imap(header).selections))
print(json.dumps(dict(wfc3Ms=loaded * 1000, perSecond=len(headers) / (time.time() - started))))
`;

const python = '/usr/bin/python3';

/** Wall time of a process from its start to its end, in ms. */
function wall(file: string, args: readonly string[]): number {
  const started = performance.now();
  execaSync(file, args, { env, stdin: 'ignore' });
  return performance.now() - started;
}

function report(name: string, { own, peer }: { own: Measure; peer: Measure }): void {
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    mine.push(own());
    if (source !== undefined) theirs.push(peer());
  }
  const ratio = median(theirs) / median(mine);
  const told = source === undefined ? '' : `, Python ${shown(theirs)}, ratio ${ratio.toFixed(1)}`;
  console.log(`${name}: caldp ${shown(mine)}${told}`);
}

type Measure = () => number;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function shown(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (least ${Math.min(...values).toFixed(0)})`;
}

async function figures(file: string, args: readonly string[]): Promise<Record<string, number>> {
  const { stdout } = await execa(file, args, { env });
  return JSON.parse(stdout.split('\n').at(-1) ?? '') as Record<string, number>;
}

const folder = await mkdtemp(join(tmpdir(), 'caldp-bench-'));
try {
  const one = join(folder, 'one.json');
  const all = join(folder, 'all.json');
  const cases = await gzippedJson<readonly Case[]>(join(data, 'crds', 'cases-public.json.gz'));
  const headers = cases.filter((c) => c.context === context && c.kind === 'base');
  const wfc3 = headers.find(({ header }) => header['INSTRUME'] === 'WFC3');
  await writeFile(all, JSON.stringify(headers.map(({ header }) => header)));
  await writeFile(one, JSON.stringify([wfc3?.header]));
  console.log(`${headers.length} headers, ${context}; medians of ${runs} runs`);
  const byHeader = ['bestrefs', '--headers', one, '--context', context, '--json'];
  report('one WFC3 header, process start to end, ms', {
    own: () => wall('node', [program, ...byHeader]),
    peer: () => wall(python, ['-c', answersInPython, one]),
  });
  const ofFile = ['-m', 'crds.bestrefs', '--files', raw, '--new-context', context];
  report('one ACS file, process start to end, ms', {
    own: () => wall('node', [program, 'bestrefs', raw, '--context', context]),
    peer: () => wall(python, [...ofFile, '--print-new-references']),
  });
  const rules = join(cache, 'mappings', 'hst');
  const own = await figures('node', [child, modules, rules, context, all]);
  console.log('caldp ', own);
  if (source !== undefined) console.log('Python', await figures(python, ['-c', manyInPython, all]));
} finally {
  await rm(folder, { recursive: true, force: true });
}
