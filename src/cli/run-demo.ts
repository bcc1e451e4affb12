import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { exitCodes } from '../errors/exit-codes.ts';
import { simulate, type SimulatedDataset, type Simulation } from '../simulator/simulate.ts';
import type { CaseName } from '../simulator/simulation-case.ts';
import { compareWithTruth, isRecovered } from '../simulator/truth/compare-with-truth.ts';
import { table } from './displays/table.ts';
import { fileTree } from './displays/file-tree.ts';
import { processDatasets } from './process-datasets.ts';
import { defaultProcessOptions } from './process-options.ts';

/** The options of `caldp demo`, as commander gives them. */
export interface DemoOptions {
  readonly output: string;
  readonly seed: number;
}

const cases: readonly CaseName[] = ['hrc-crsplit', 'wfc-subarray', 'wfc'];

/** Marks a folder as one that a demo made and the next one may empty. */
const mark = '.caldp-demo';

/**
 * Runs the demo and answers the exit code: that of the run, or 1 where a calibrated image does not give back what was simulated.
 *
 * @throws CaldpError `SIMULATION_FOLDER` where the folder holds something that no demo made.
 */
export async function runDemo({ output, seed }: DemoOptions): Promise<number> {
  const folder = resolve(output);
  await emptyOwnFolder(folder);
  const { signal } = new AbortController();
  say('Simulating (nothing is downloaded):');
  const simulation = await simulate(folder, {
    cases,
    seed,
    signal,
    say: (text) => {
      say(`  ${text}`);
    },
  });
  await writeFile(join(folder, mark), '');
  const products = join(folder, 'output');
  const report = join(folder, 'report.html');
  say(`\nProcessing, in words: ${commandLine(simulation, { products, report })}\n`);
  const code = await processDatasets(
    simulation.datasets.map(({ id }) => id),
    {
      ...defaultProcessOptions,
      input: `file:${simulation.rawFolder}`,
      output: `file:${products}`,
      config: simulation.configuration,
      report,
    },
  );
  say(`\n${near(products)}/\n${await fileTree(products)}`);
  const isRight = await showComparison(simulation.datasets, products);
  say(`\nReport: ${near(report)}`);
  return code === 0 && !isRight ? exitCodes.GENERIC_ERROR : code;
}

async function emptyOwnFolder(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  try {
    if ((await readdir(folder)).includes(mark)) await rm(folder, { recursive: true });
  } catch (error) {
    // ENOENT: there is nothing to empty. Whatever else is wrong with the folder, the simulation says.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

function commandLine(
  { datasets, rawFolder, configuration }: Simulation,
  { products, report }: { readonly products: string; readonly report: string },
): string {
  const ids = datasets.map(({ id }) => id).join(' ');
  const [raw, script] = [near(rawFolder), near(configuration)];
  return `caldp process ${ids} --config ${script} --input file:${raw} --output file:${near(products)} --report ${near(report)}`;
}

/** Compares each calibrated image with the truth; answers whether all were there and right. */
async function showComparison(
  datasets: readonly SimulatedDataset[],
  products: string,
): Promise<boolean> {
  const head = [
    'calibrated',
    'pixels',
    'median residual',
    'scatter / error',
    'beyond 5 errors',
    '',
  ];
  const rows: string[][] = [];
  let isRight = true;
  const entries = await readdir(products, { recursive: true, withFileTypes: true });
  for (const { calibrated, truth } of datasets) {
    const found = entries.find(({ name }) => name === calibrated);
    if (found === undefined) {
      rows.push([calibrated, 'was not made']);
      isRight = false;
      continue;
    }
    const comparison = compareWithTruth(join(found.parentPath, calibrated), { truth });
    const isGood = isRecovered(comparison);
    isRight &&= isGood;
    rows.push([
      calibrated,
      `${(100 * comparison.fraction).toFixed(1)} %`,
      `${comparison.medianResidual.toFixed(3)} electrons`,
      comparison.spread.toFixed(3),
      `${(100 * comparison.outliers).toFixed(3)} %`,
      isGood ? 'the truth is recovered' : 'NOT what was simulated',
    ]);
  }
  say(`\nCalibrated minus true sky, good pixels:\n${table([head, ...rows], { width: 120 })}`);
  return isRight;
}

function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || short === '' ? path : short;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
