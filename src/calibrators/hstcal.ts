import { readdir } from 'node:fs/promises';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { StageProgram } from '../instruments/instrument.ts';
import { outputFiles } from '../instruments/output-files.ts';
import { calibrationEnvironment } from './calibration-environment.ts';
import type { Calibration, CalibrationJob, Calibrator } from './calibrator.ts';
import { changedInputs, fileStates } from './changed-inputs.ts';
import { drizzleMissing } from './drizzle-missing.ts';
import { findProgram } from './find-program.ts';
import { runProgram, type ProgramRunner } from './process-runner.ts';
import { requireWholeFits } from './product-check.ts';
import { rawFiles } from './program-inputs.ts';
import { programVersions, type VersionCache } from './program-versions.ts';
import { setRawKeywords } from './raw-keywords.ts';
import { failureOf, runStage, type StageResult, type StageTools } from './stage-run.ts';

/** What the calibrator that runs external programs depends on. */
export interface HstcalOptions {
  /** Our own environment; PATH says where the programs are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Default `runProgram`. */
  readonly run?: ProgramRunner;
  /** Milliseconds between TERM and KILL for a program that has to stop; default 5000. */
  readonly grace?: number;
  /** Milliseconds that products have to show up on a network file system; default 5000. */
  readonly patience?: number;
}

/**
 * Calibrates with the programs of the instrument table: HSTCAL, calcos, drizzlepac.
 *
 * Stage 1 must be on PATH. Where stage 2 is missing the dataset is calibrated without it: a warning `DRIZZLE_MISSING` says what is
 * not made, and its version is recorded as `absent`, so that the dataset counts as out of date once the program is installed.
 */
export function hstcalCalibrator(options: HstcalOptions): Calibrator {
  const cache: VersionCache = new Map();
  const path = options.environment['PATH'] ?? '';
  const versions: Calibrator['versions'] = async (dataset, { signal }) => {
    await requireProgram(dataset, { path });
    return programVersions(stagesOf(dataset), { environment: options.environment, cache, signal });
  };
  return {
    name: 'hstcal',
    versions,
    calibrate: async (job, { signal }) => {
      const { variables, warnings } = await calibrationEnvironment(job, {
        inherited: options.environment,
      });
      const found = await versions(job.dataset, { signal });
      await setRawKeywords(job, { variables });
      const { run = runProgram, grace = 5000, patience = 5000 } = options;
      const result = await runStages(job, { run, variables, grace, patience, signal });
      return { ...result, versions: found, warnings: [...warnings, ...result.warnings] };
    },
  };
}

async function runStages(
  job: CalibrationJob,
  tools: StageTools,
): Promise<Omit<Calibration, 'versions'>> {
  const { stage1, stage2 } = instrumentOf(job.dataset);
  const raws = await fileStates(rawFiles(job), job);
  const first = await runStage(job, { ...tools, stage: stage1, earlier: [] });
  const second = await runStage2(job, { ...tools, stage: stage2, earlier: first.runs });
  const products = outputFiles(await readdir(job.folder), job);
  await requireWholeFits(
    products.filter((name) => name.endsWith('.fits')),
    { ...job, ...tools, program: stage1.program, failure: failureOf(job, stage1) },
  );
  return {
    runs: [...first.runs, ...second.runs],
    products,
    warnings: [...first.warnings, ...second.warnings, ...(await changedInputs(raws, job))],
  };
}

async function runStage2(
  job: CalibrationJob,
  options: StageTools & {
    readonly stage: StageProgram | undefined;
    readonly earlier: StageResult['runs'];
  },
): Promise<StageResult> {
  const { stage, variables } = options;
  if (stage === undefined) return { runs: [], warnings: [] };
  if ((await findProgram(stage.program, { path: variables['PATH'] ?? '' })) === undefined) {
    return { runs: [], warnings: [drizzleMissing(stage)] };
  }
  return runStage(job, { ...options, stage });
}

async function requireProgram(
  dataset: DatasetName,
  options: { readonly path: string },
): Promise<void> {
  const { stage1 } = instrumentOf(dataset);
  if ((await findProgram(stage1.program, options)) !== undefined) return;
  throw new CaldpError(
    `\`${stage1.program}\`, which calibrates \`${dataset.id}\`, is not on PATH.`,
    {
      code: 'PROGRAM_MISSING',
      advice: howToGet(stage1),
      exit: failureOf({ dataset }, stage1),
    },
  );
}

function howToGet({ program }: StageProgram): string {
  const source = program.endsWith('.e')
    ? '`conda install -c conda-forge hstcal`'
    : `\`pip install ${program === 'calcos' ? 'calcos' : 'drizzlepac'}\``;
  return `Install it with ${source}, or run the container image that holds the calibration programs.`;
}

function stagesOf(dataset: DatasetName): readonly StageProgram[] {
  const { stage1, stage2 } = instrumentOf(dataset);
  return stage2 === undefined ? [stage1] : [stage1, stage2];
}
