import { createWriteStream } from 'node:fs';
import { appendFile, readdir } from 'node:fs/promises';
import { CaldpError } from '../../../errors/caldp-error.ts';
import type { Warning } from '../../../errors/warning.ts';
import type { DatasetName } from '../../../hst/dataset-name.ts';
import { instrumentOf } from '../../../instruments/instrument-of.ts';
import { outputFiles } from '../../../instruments/output-files.ts';
import { calibrationEnvironment } from '../../calibration-environment.ts';
import type { CalibrationJob, Calibrator } from '../../calibrator.ts';
import { drizzleMissing } from '../../drizzle-missing.ts';
import { metricsText } from '../../metrics-text.ts';
import { programInputs } from '../../program-inputs.ts';
import { setRawKeywords } from '../../raw-keywords.ts';
import { type AcsCalibrator, openAcsCalibrator, type ProgramName } from './acs-calibrator.ts';
import { equivalentProgram, equivalentVersion } from './driver/equivalent.ts';

/** How the built-in calibrator is to behave. */
export interface BuiltinOptions {
  /** Whether a dataset fails that asks for a correction which is not made here (CTE); default false: a warning. */
  readonly isStrict?: boolean;
}

/**
 * The built-in calibrator of ACS exposures, equal to calacs; for machines without HSTCAL. Does no drizzling.
 * Keeps as many calibrators with warm threads as were at work at the same time; a dataset takes one that is idle.
 *
 * @param program - Who calibrates, for headers and the manifest.
 */
export function builtinAcs(
  program: ProgramName,
  { isStrict = false }: BuiltinOptions = {},
): Calibrator {
  const idle: AcsCalibrator[] = [];
  const found = {
    [program.name]: `${program.version}, equal to ${equivalentProgram} ${equivalentVersion}`,
  };
  return {
    name: 'builtin',
    versions: (dataset) =>
      Promise.resolve(dataset).then((subject) => {
        requireAcs(subject);
        return found;
      }),
    calibrate: async (job, { signal }) => {
      requireAcs(job.dataset);
      const { stage2 } = instrumentOf(job.dataset);
      const { variables, warnings } = await calibrationEnvironment(job, { inherited: {} });
      await setRawKeywords(job, { variables });
      const calibrator = idle.pop() ?? openAcsCalibrator(program);
      const made = await timed(job, () =>
        calibrateJob(job, { calibrator, isStrict, variables, signal }),
      ).finally(() => idle.push(calibrator));
      const products = outputFiles(await readdir(job.folder), job);
      const drizzle = stage2 === undefined ? [] : [drizzleMissing(stage2)];
      const all = [...warnings, ...made, ...drizzle];
      return { runs: [], products, versions: found, warnings: all };
    },
  };
}

/** Does work and leaves its time in the metrics of the job, as an external program would. */
async function timed<T>(job: CalibrationJob, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const leave = async (code: number): Promise<void> => {
    const metrics = { wall: (performance.now() - started) / 1000 };
    const run = { program: 'caldp', args: ['calibrate', job.dataset.id], metrics };
    await appendFile(job.metrics, metricsText([{ ...run, ending: { status: 'exited', code } }]));
  };
  try {
    const result = await work();
    await leave(0);
    return result;
  } catch (error) {
    await leave(1);
    throw error;
  }
}

async function calibrateJob(
  job: CalibrationJob,
  options: {
    readonly calibrator: AcsCalibrator;
    readonly isStrict: boolean;
    readonly variables: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<readonly Warning[]> {
  const { folder, threads } = job;
  const { calibrator, isStrict, variables: environment } = options;
  const warnings: Warning[] = [];
  const log = createWriteStream(job.log, { flags: 'a' });
  const logFailed = new AbortController();
  log.once('error', (error) => {
    logFailed.abort(error);
  });
  const signal = AbortSignal.any([options.signal, logFailed.signal]);
  const write = (line: string): void => {
    log.write(`${line}\n`);
  };
  try {
    for (const input of programInputs(job, { stage: instrumentOf(job.dataset).stage1 }).flat()) {
      const calibration = { signal, isStrict, folder, environment, threads, log: write };
      warnings.push(...(await calibrator.calibrate(input, calibration)).warnings);
    }
  } finally {
    await new Promise<void>((resolve) => log.end(resolve));
  }
  logFailed.signal.throwIfAborted();
  return warnings;
}

function requireAcs(dataset: DatasetName): void {
  if (dataset.kind === 'ipppssoot' && dataset.instrument === 'acs') return;
  throw new CaldpError(
    `The built-in calibrator does not cover \`${dataset.id}\`: it is for ACS exposures.`,
    {
      code: 'MODE_NOT_COVERED',
      advice: 'Install HSTCAL, and drizzlepac for mosaics.',
      exit: 'STAGE1_ERROR',
    },
  );
}
