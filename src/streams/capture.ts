import { CaldpError } from '../errors/caldp-error.ts';
import { fromSystemError } from '../errors/system-error.ts';
import { FitsError } from '../fits/fits-error.ts';
import type { Stage } from './events.ts';

/**
 * Makes whatever a step threw an error with a code and advice. Errors that are ours already stay as they are; what nobody
 * foresaw becomes `UNEXPECTED` and keeps its cause, so that the log has the stack and the user a sentence.
 */
export function capture(error: unknown, stage: Stage): CaldpError {
  if (error instanceof CaldpError) return error;
  if (error instanceof FitsError) {
    return new CaldpError(error.message, {
      code: 'FITS_INVALID',
      advice: 'Get the file again from the archive, or take the dataset off the list.',
      cause: error,
    });
  }
  return (
    fromSystemError(error) ??
    new CaldpError(`Something unexpected happened in \`${stage}\`: ${reasonOf(error)}`, {
      code: 'UNEXPECTED',
      advice: 'This is a defect: please report it with the log at `--log-level debug`.',
      cause: error,
    })
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
