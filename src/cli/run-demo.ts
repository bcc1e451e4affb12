import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { fromSystemError } from '../errors/system-error.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import type { CaseName } from '../simulator/simulation-case.ts';
import { fileTree } from './displays/file-tree.ts';
import { truthReport } from './displays/truth-report.ts';
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
 * @throws CaldpError `DEMO_FOLDER` where the folder holds something that no demo made.
 */
export async function runDemo({ output, seed }: DemoOptions): Promise<number> {
  const folder = resolve(output);
  await makeOwnFolder(folder);
  const { signal } = new AbortController();
  say('Simulating (nothing is downloaded):');
  const simulation = await simulate(join(folder, 'simulation'), {
    cases,
    seed,
    signal,
    say: (text) => {
      say(`  ${text}`);
    },
  });
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
  say(`\n${near(products)}/\n${await fileTree(products)}\n`);
  const comparison = await truthReport(simulation.datasets, { products });
  say(comparison.text);
  say(`\nReport: ${near(report)}`);
  return code === 0 && !comparison.isRight ? exitCodes.GENERIC_ERROR : code;
}

/** Makes the folder, or empties it where a demo made it. */
async function makeOwnFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    if (names.length > 0 && !names.includes(mark)) throw notEmpty(folder);
    for (const name of names) await rm(join(folder, name), { recursive: true });
    await writeFile(join(folder, mark), '');
  } catch (error) {
    throw fromSystemError(error) ?? error;
  }
}

function notEmpty(folder: string): CaldpError {
  return new CaldpError(`The folder \`${folder}\` holds files that no demo made.`, {
    code: 'DEMO_FOLDER',
    advice: 'Name another folder with `--output`.',
    exit: 'CMDLINE_ERROR',
  });
}

function commandLine(
  { datasets, rawFolder, configuration }: Simulation,
  { products, report }: { readonly products: string; readonly report: string },
): string {
  const ids = datasets.map(({ id }) => id).join(' ');
  const [raw, script] = [near(rawFolder), near(configuration)];
  return `caldp process ${ids} --config ${script} --input file:${raw} --output file:${near(products)} --report ${near(report)}`;
}

function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || short === '' ? path : short;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
