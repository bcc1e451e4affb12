import { writeFile } from 'node:fs/promises';
import type { ExitCodeName } from '../errors/exit-codes.ts';
import type { Warning } from '../errors/warning.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { StageProgram } from '../instruments/instrument.ts';
import type { CalibrationJob } from './calibrator.ts';
import { judgeRun } from './exit-policy.ts';
import { metricsText } from './metrics-text.ts';
import type { ProgramRunner } from './process-runner.ts';
import { findInOutput } from './processes/program-output.ts';
import { missingProducts, requireProducts } from './product-check.ts';
import { expectedProducts } from './expected-products.ts';
import { programInputs, type ProgramFiles } from './program-inputs.ts';
import type { ProgramRun } from './program-run.ts';

/** What running the programs of a job needs. */
export interface StageTools {
  readonly run: ProgramRunner;
  readonly variables: Readonly<Record<string, string>>;
  /** Milliseconds between TERM and KILL. */
  readonly grace: number;
  /** Milliseconds that products have to show up. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** What a stage came to. */
export interface StageResult {
  readonly runs: readonly ProgramRun[];
  readonly warnings: readonly Warning[];
}

/**
 * Runs one program on the files of a dataset, as often as its table says, until one run fails. Times and memory of all runs so
 * far are written after each, so that they are there for a failure too.
 *
 * @param earlier runs of the stages before.
 * @throws CaldpError by the exit policy, or for a missing product; the reason of the signal.
 */
export async function runStage(
  job: CalibrationJob,
  options: StageTools & { readonly stage: StageProgram; readonly earlier: readonly ProgramRun[] },
): Promise<StageResult> {
  const { stage, earlier } = options;
  const runs: ProgramRun[] = [];
  const warnings: Warning[] = [];
  for (const files of programInputs(job, { stage })) {
    const run = await runOn(files, job, options);
    runs.push(run);
    await writeFile(job.metrics, metricsText([...earlier, ...runs]));
    warnings.push(...(await judge(run, { ...options, job, files })));
  }
  return { runs, warnings };
}

/** The exit code for a program of this dataset that failed. */
export function failureOf(job: Pick<CalibrationJob, 'dataset'>, stage: StageProgram): ExitCodeName {
  switch (job.dataset.kind) {
    case 'svm':
      return 'SVM_ERROR';
    case 'mvm':
      return 'MVM_ERROR';
    case 'ipppssoot':
      return stage === instrumentOf(job.dataset).stage2 ? 'STAGE2_ERROR' : 'STAGE1_ERROR';
  }
}

function runOn(
  files: ProgramFiles,
  job: CalibrationJob,
  options: StageTools & { readonly stage: StageProgram },
): Promise<ProgramRun> {
  const { stage, run, variables, grace, signal } = options;
  return run(
    {
      program: stage.program,
      args: [...stage.args, ...files],
      folder: job.folder,
      environment: variables,
      log: job.log,
    },
    { deadline: job.deadline, grace, signal },
  );
}

async function judge(
  run: ProgramRun,
  options: StageTools & {
    readonly stage: StageProgram;
    readonly job: CalibrationJob;
    readonly files: ProgramFiles;
  },
): Promise<readonly Warning[]> {
  const { stage, job, files, signal, patience } = options;
  if (run.ending.status === 'aborted') signal.throwIfAborted();
  const failure = failureOf(job, stage);
  const verdict = await judgeRun(run, { stage, failure });
  switch (verdict.status) {
    case 'failed':
      throw verdict.error;
    case 'ignored':
      return [ignoredWarning(run, verdict.meaning)];
    case 'ok': {
      const expected = await expectedProducts(job, { stage, files });
      const missing = await missingProducts(expected, job);
      if (missing.length > 0 && (await saysNothingToDo(run, stage))) return [idleWarning(run)];
      await requireProducts(missing, {
        ...job,
        program: stage.program,
        failure,
        patience,
        signal,
      });
      return [];
    }
  }
}

async function saysNothingToDo({ output }: ProgramRun, stage: StageProgram): Promise<boolean> {
  if (stage.nothingToDo === undefined) return false;
  return (await findInOutput(output, { texts: [stage.nothingToDo] })) !== undefined;
}

const ignoredWarning = ({ program, ending }: ProgramRun, meaning: string): Warning => ({
  code: 'NOTHING_CALIBRATED',
  message: `\`${program}\` ended with status ${ending.status === 'exited' ? ending.code : 0}, which is no failure: ${meaning}.`,
});

const idleWarning = ({ program, args }: ProgramRun): Warning => ({
  code: 'NOTHING_CALIBRATED',
  message: `\`${program}\` found nothing to do for \`${args.at(-1) ?? ''}\`: the headers ask for no calibration.`,
});
