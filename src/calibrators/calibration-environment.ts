import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warning } from '../errors/warning.ts';
import type { CalibrationJob } from './calibrator.ts';
import { definedVariables } from './defined-variables.ts';

/** The environment that programs of a dataset run in. */
export interface CalibrationEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/**
 * Puts the environment of calibration programs together; later ones win: ours, the configuration's, the number of threads,
 * the dataset's own `<id>_cal_env.txt`.
 *
 * Results of HSTCAL may depend on the number of threads, so it is always set and never left to the number of CPUs.
 */
export async function calibrationEnvironment(
  job: CalibrationJob,
  options: { readonly inherited: Readonly<Record<string, string | undefined>> },
): Promise<CalibrationEnvironment> {
  const file = `${job.dataset.id}_cal_env.txt`;
  const text = job.inputs.includes(file) ? await readFile(join(job.folder, file), 'utf8') : '';
  const { variables, warnings } = parseCalEnv(text, { file });
  return {
    variables: {
      ...definedVariables(options.inherited),
      ...job.environment,
      OMP_NUM_THREADS: String(job.threads),
      ...variables,
    },
    warnings,
  };
}

/**
 * Reads `KEY=VALUE` lines. White space around key and value is dropped, a value may hold `=`, empty lines and lines that
 * begin with `#` are passed over. A line that is none of this is left out and gives a warning.
 */
export function parseCalEnv(
  text: string,
  options: { readonly file: string },
): CalibrationEnvironment {
  const variables: Record<string, string> = {};
  const warnings: Warning[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, key, value] = /^\s*([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !value.includes('\0'))
      variables[key] = value.trim();
    else if (!/^\s*(#|$)/.test(line)) {
      warnings.push({
        code: 'CAL_ENV_LINE',
        message: `Line ${index + 1} of \`${options.file}\` was left out because it is not \`KEY=VALUE\`: \`${line.slice(0, 80)}\`.`,
      });
    }
  }
  return { variables, warnings };
}
