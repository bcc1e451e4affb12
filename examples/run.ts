/**
 * The pipe from end to end on data that it simulates: two datasets of ACS are made, processed by `caldp process` with a stand-in for
 * HSTCAL, and the trees are shown.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulatedDatasets } from './simulated-data.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = join(process.cwd(), '.caldp', 'example');
const raw = join(folder, 'raw');
const output = join(folder, 'output');

rmSync(folder, { recursive: true, force: true });
mkdirSync(raw, { recursive: true });
const datasets = [simulatedDatasets.crSplit(raw), simulatedDatasets.exposure(raw)];
console.log(
  'This example simulates two ACS datasets and processes them with a stand-in for HSTCAL',
);
console.log('that only subtracts the median of each image. It shows the pipe, not science.\n');

const main = join(here, '..', 'dist', 'cli', 'main.js');
const ids = datasets.map(({ id }) => id);
const args = [
  'process',
  ...ids,
  '--input',
  `file:${raw}`,
  '--output',
  `file:${output}`,
  '--references',
  'keep',
];
console.log(`caldp ${args.map((text) => text.replace(`${process.cwd()}/`, '')).join(' ')}\n`);
const path = `${join(here, 'programs')}${delimiter}${process.env['PATH'] ?? ''}`;
const run = spawnSync(process.execPath, [main, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: path, CALDP_HOME: folder },
});

if (run.status === 0) {
  console.log(`\n${relative(process.cwd(), output)}/`);
  const files = readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(output, join(entry.parentPath, entry.name)))
    .sort();
  for (const file of files) console.log(`  ${file}`);
}
process.exitCode = run.status ?? 1;
