/**
 * How the pipe itself scales: many datasets with a calibrator that does next to nothing, so that what is measured is ours.
 *
 * `node --import=tsx/esm bench/many-datasets.ts [COUNT...] [--program]`: default 1000 and 10000, each in a process of its own;
 * with `--program` every dataset starts a real program, a shell script that copies one file.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Calibrator } from '../src/calibrators/calibrator.ts';
import { hstcalCalibrator } from '../src/calibrators/hstcal.ts';
import { fileInputs } from '../src/inputs/file-inputs.ts';
import { datasetArguments } from '../src/sources/dataset-list.ts';
import { openFileStore } from '../src/stores/open-file-store.ts';
import { createTools } from '../src/streams/create-tools.ts';
import { pipeline } from '../src/streams/pipeline.ts';
import type { Tools } from '../src/streams/tools.ts';
import { FailingFileSystem } from '../test/helpers/failing-file-system.ts';
import { programFolder } from '../test/helpers/fixture-program.ts';
import { tinyFits } from '../test/helpers/tiny-fits.ts';

const script = fileURLToPath(import.meta.url);

const noCalibrator: Calibrator = {
  name: 'none',
  versions: () => Promise.resolve({ none: '1' }),
  calibrate: ({ inputs }) =>
    Promise.resolve({ runs: [], products: inputs, versions: { none: '1' }, warnings: [] }),
};

/** Ten exposures a visit, as is usual. */
const nameOf = (index: number): string => {
  const visit = Math.floor(index / 10)
    .toString(36)
    .padStart(4, '0');
  return `j${visit}0${String(index % 10)}aq`;
};

async function layOut(root: string, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => nameOf(index));
  await mkdir(join(root, 'raw'));
  for (const [index, id] of ids.entries()) {
    const raw = tinyFits({ INSTRUME: "'ACS     '", ROWS: String(index) });
    await writeFile(join(root, 'raw', `${id}_raw.fits`), raw);
  }
  return ids;
}

async function toolsIn(
  root: string,
  { program, fileSystem = fs }: { readonly program: boolean; readonly fileSystem?: typeof fs },
): Promise<Tools> {
  const bin = await programFolder(root, { programs: { 'calacs.e': 'copies-raws' } });
  const environment = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return createTools({
    inputs: fileInputs(join(root, 'raw'), { fileSystem }),
    output: await openFileStore(join(root, 'output'), { fileSystem }),
    calibrator: program ? hstcalCalibrator({ environment, patience: 0 }) : noCalibrator,
    workRoot: join(root, 'work'),
    fileSystem,
  });
}

async function run(count: number, program: boolean): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'caldp-bench-'));
  try {
    const ids = await layOut(root, count);
    const tools = await toolsIn(root, { program });
    const published = new Map<string, number>();
    const [cpu, began] = [process.cpuUsage(), performance.now()];
    await pipeline(datasetArguments(ids), tools).forEach((outcome) => {
      if (outcome.status !== 'published') throw new Error(JSON.stringify(outcome));
      published.set(outcome.dataset.id, (published.get(outcome.dataset.id) ?? 0) + 1);
    });
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    const once = ids.every((id) => published.get(id) === 1) && published.size === count;
    const told = await readdir(join(root, 'output/messages/dataset-processed'));
    const messages = told.filter((name) => !name.startsWith('.')).length;
    if (!once || messages !== count) throw new Error(`${String(messages)} of ${String(count)}.`);
    const figures = [
      count,
      program ? 'program' : 'none',
      (wall / count).toFixed(1),
      ((user + system) / 1000 / count).toFixed(1),
      (process.resourceUsage().maxRSS / 1024).toFixed(0),
    ];
    return `| ${figures.join(' | ')} |`;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** File operations and flushes for one dataset, counted over twenty. */
async function countCalls(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'caldp-bench-'));
  const counts = new Map<string, number>();
  const failing = new FailingFileSystem({
    onCall: (_, name) => counts.set(name, (counts.get(name) ?? 0) + 1),
  });
  try {
    const ids = await layOut(root, 20);
    const tools = await toolsIn(root, {
      program: false,
      fileSystem: failing.fileSystem as typeof fs,
    });
    await pipeline(datasetArguments(ids), tools).forEach(() => undefined);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([name, calls]) => `${name} ${(calls / 20).toFixed(1)}`).join(', ');
}

const args = process.argv.slice(2);
const program = args.includes('--program');
const counts = args.filter((arg) => !arg.startsWith('--')).map(Number);
if (args.includes('--one')) {
  process.stdout.write(`${await run(counts[0] ?? 1000, program)}\n`);
} else {
  process.stdout.write(`Calls a dataset: ${await countCalls()}\n\n`);
  process.stdout.write('| datasets | calibrator | wall ms | own CPU ms | peak RSS MiB |\n');
  process.stdout.write('| --- | --- | --- | --- | --- |\n');
  for (const count of counts.length === 0 ? [1000, 10_000] : counts) {
    const mode = program ? ['--program'] : [];
    const child = fork(script, ['--one', String(count), ...mode], { execArgv: process.execArgv });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) process.exitCode = 1;
  }
}
