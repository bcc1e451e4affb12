import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { CaldpError } from '../../../errors/caldp-error.ts';
import type { Warning } from '../../../errors/warning.ts';
import type { DatasetName } from '../../../hst/dataset-name.ts';
import { instrumentOf } from '../../../instruments/instrument-of.ts';
import { outputFiles } from '../../../instruments/output-files.ts';
import type { CalibrationJob, Calibrator } from '../../calibrator.ts';
import { programInputs } from '../../program-inputs.ts';
import { calibrateAcs, type ProgramName } from './acs-calibrator.ts';
import { equivalentProgram, equivalentVersion } from './driver/equivalent.ts';

/**
 * The built-in calibrator of ACS exposures, equal to calacs; for machines without HSTCAL. Does no drizzling.
 *
 * @param program - Who calibrates, for headers and the manifest.
 */
export function builtinAcs(program: ProgramName): Calibrator {
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
      const warnings = await calibrateJob(job, { program, signal });
      const products = outputFiles(await readdir(job.folder), job);
      return { runs: [], products, versions: found, warnings };
    },
  };
}

async function calibrateJob(
  job: CalibrationJob,
  options: { readonly program: ProgramName; readonly signal: AbortSignal },
): Promise<readonly Warning[]> {
  const { folder, environment, threads } = job;
  const warnings: Warning[] = [];
  const log = createWriteStream(job.log, { flags: 'a' });
  const failed = new Promise<never>((_, reject) => log.once('error', reject));
  failed.catch(() => undefined);
  try {
    for (const input of programInputs(job, { stage: instrumentOf(job.dataset).stage1 }).flat()) {
      const write = (line: string): void => {
        log.write(`${line}\n`);
      };
      const calibration = calibrateAcs(input, {
        ...options,
        folder,
        environment,
        threads,
        log: write,
      });
      warnings.push(...(await Promise.race([calibration, failed])).warnings);
    }
  } finally {
    await new Promise<void>((resolve) => log.end(resolve));
  }
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
