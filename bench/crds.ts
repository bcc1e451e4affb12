/**
 * Speed of best references beside the Python client, in one run.
 *
 * CALDP_TEST_DATA names the folder of test data; CRDS_PYTHON_SOURCE the source tree of the Python package `crds`, which is left out
 * where it is not set. Run: `npx tsc -p tsconfig.build.json && node --import=tsx/esm bench/crds.ts`
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { gzippedJson } from '../test/helpers/gzipped-json.ts';

const data = process.env['CALDP_TEST_DATA'] ?? '';
const source = process.env['CRDS_PYTHON_SOURCE'];
const program = process.env['CALDP_DIST'] ?? fileURLToPath(new URL('../dist', import.meta.url));
const child = fileURLToPath(new URL('crds-child.js', import.meta.url));
const context = 'hst_0729.pmap';
const cache = join(data, 'lab', 'crds');
const runs = 5;

interface Case {
  readonly context: string;
  readonly kind: string;
  readonly header: Readonly<Record<string, unknown>>;
}

interface Measured {
  readonly wfc3Ms: number;
  readonly firstAnswerMs: number;
  readonly perSecond: number;
}

const python = `
import json, sys, time
from crds.core import heavy_client
headers = json.load(open(sys.argv[1]))
started = time.time()
heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap('wfc3').get_required_parkeys()
loaded = time.time() - started
first = next(header for header in headers if header['INSTRUME'] == 'WFC3')
heavy_client.hv_best_references('${context}', first, include=list(heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap('wfc3').selections))
answered = time.time()
for header in headers:
    heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap(header['INSTRUME']).get_required_parkeys()
started = time.time()
for header in headers:
    imap = heavy_client.get_symbolic_mapping('${context}', cached=True).get_imap(header['INSTRUME'])
    heavy_client.hv_best_references('${context}', header, include=list(imap.selections))
print(json.dumps(dict(wfc3Ms=loaded * 1000, answered=answered, perSecond=len(headers) / (time.time() - started))))
`;

async function measureOwn(headers: string): Promise<Measured> {
  const folder = join(cache, 'mappings', 'hst');
  const { stdout } = await execa('node', [child, program, folder, context, headers]);
  return JSON.parse(stdout) as Measured;
}

async function measurePython(headers: string, path: string): Promise<Measured> {
  const env = {
    PYTHONPATH: path,
    CRDS_PATH: cache,
    CRDS_SERVER_URL: 'https://hst-serverless-mode.stsci.edu',
    CRDS_OBSERVATORY: 'hst',
    CRDS_READONLY_CACHE: '1',
  };
  const started = Date.now();
  const { stdout } = await execa('/usr/bin/python3', ['-c', python, headers], { env });
  const { answered, ...rest } = JSON.parse(stdout.split('\n').at(-1) ?? '') as Measured & {
    readonly answered: number;
  };
  return { ...rest, firstAnswerMs: answered * 1000 - started };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function report(name: string, measured: readonly Measured[]): void {
  const of = (key: keyof Measured): string => median(measured.map((one) => one[key])).toFixed(0);
  console.log(
    `${name.padEnd(8)} process start to first answer ${of('firstAnswerMs')} ms, WFC3 rules ${of('wfc3Ms')} ms, ${of('perSecond')} headers/s (median of ${measured.length})`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'caldp-bench-'));
try {
  const headers = join(folder, 'headers.json');
  const cases = await gzippedJson<readonly Case[]>(join(data, 'crds', 'cases-public.json.gz'));
  const plain = cases.filter((one) => one.context === context && one.kind === 'base');
  await writeFile(headers, JSON.stringify(plain.map(({ header }) => header)));
  console.log(`${plain.length} headers, context ${context}`);
  const own: Measured[] = [];
  const peer: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    own.push(await measureOwn(headers));
    if (source !== undefined) peer.push(await measurePython(headers, source));
  }
  report('caldp', own);
  if (peer.length > 0) report('Python', peer);
} finally {
  await rm(folder, { recursive: true, force: true });
}
