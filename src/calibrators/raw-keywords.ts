import { join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { setKeyword } from '../fits/header-edit.ts';
import { updateHeader } from '../fits/update-header.ts';
import { instrumentOf } from '../instruments/instrument-of.ts';
import type { CalibrationJob } from './calibrator.ts';
import { rawFiles } from './program-inputs.ts';

/** Keywords that say what system made the products, taken from the environment variables of the same names. */
const versionKeywords = ['CSYS_VER', 'AWSDPVER', 'AWSYSVER'];

/**
 * Puts the version keywords, and those that the instrument's table asks for, into the primary header of every raw file, from where
 * the programs copy them to the products. A variable that is not set gives `UNDEFINED`.
 *
 * @throws CaldpError `INPUT_GONE` where a raw file is not there any more; FitsError where it is not sound.
 */
export async function setRawKeywords(
  job: CalibrationJob,
  options: { readonly variables: Readonly<Record<string, string>> },
): Promise<void> {
  const { rawKeywords } = instrumentOf(job.dataset);
  for (const name of rawFiles(job)) {
    try {
      await updateHeader(join(job.folder, name), {
        edit: (header) => {
          for (const [keyword, value] of Object.entries(rawKeywords))
            setKeyword(header, keyword, { value });
          for (const keyword of versionKeywords) {
            setKeyword(header, keyword, { value: options.variables[keyword] ?? 'UNDEFINED' });
          }
        },
      });
    } catch (error) {
      throw isGone(error) ? inputGone(job, { name, cause: error }) : error;
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function inputGone(
  { dataset }: CalibrationJob,
  { name, cause }: { readonly name: string; readonly cause: unknown },
): CaldpError {
  return new CaldpError(
    `\`${name}\` of \`${dataset.id}\` is not in the work directory, where it was staged.`,
    {
      code: 'INPUT_GONE',
      advice: 'Find out what else changes the work directory, then run the dataset again.',
      exit: 'STAGE1_ERROR',
      cause,
    },
  );
}
