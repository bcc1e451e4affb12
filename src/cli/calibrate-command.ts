import { basename, dirname } from 'node:path';
import { Command } from 'commander';
import { openAcsCalibrator } from '../calibrators/builtin/acs/acs-calibrator.ts';
import { definedVariables } from '../calibrators/defined-variables.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { packageVersion } from '../system/package-version.ts';
import { stopSignal } from './stop-signal.ts';
import { tellFailure } from './tell-failure.ts';

/** The options of `caldp calibrate`, as commander gives them. */
interface CalibrateOptions {
  readonly overwrite: boolean;
  readonly strict: boolean;
}

/** Makes the command; `answer` is told the exit code. */
export function calibrateCommand(answer: (exitCode: number) => void): Command {
  return new Command('calibrate')
    .description(
      'Calibrate ACS files in place, as calacs does; references as the headers name them.',
    )
    .argument('<files...>', 'raw exposures or association tables: *_raw.fits, *_asn.fits')
    .option('--overwrite', 'replace products that are there', false)
    .option('--strict', 'fail where CTE correction (flc) is asked for, instead of a warning', false)
    .action(async (files: string[], options: CalibrateOptions) => {
      answer(await calibrateFiles(files, options));
    });
}

async function calibrateFiles(
  files: readonly string[],
  { overwrite, strict }: CalibrateOptions,
): Promise<number> {
  const signal = stopSignal();
  const calibrator = openAcsCalibrator({ name: 'caldp', version: packageVersion() });
  let code: number = exitCodes.SUCCESS;
  try {
    for (const file of files) {
      if (!(await calibrateFile(file, { calibrator, overwrite, strict, signal }))) {
        code = exitCodes.STAGE1_ERROR;
      }
    }
  } finally {
    await calibrator.close();
  }
  return code;
}

/** False when a file failed; the next one is calibrated all the same. */
async function calibrateFile(
  file: string,
  {
    calibrator,
    overwrite,
    strict,
    signal,
  }: CalibrateOptions & {
    readonly calibrator: ReturnType<typeof openAcsCalibrator>;
    readonly signal: AbortSignal;
  },
): Promise<boolean> {
  try {
    const environment = definedVariables(process.env);
    const folder = dirname(file);
    const options = { folder, environment, overwrite, isStrict: strict, signal, threads: 2 };
    const { products, warnings } = await calibrator.calibrate(basename(file), options);
    for (const product of products) process.stdout.write(`${product}\n`);
    for (const { message } of warnings) process.stderr.write(`caldp: Warning: ${message}\n`);
    return true;
  } catch (error) {
    tellFailure(error);
    return false;
  }
}
