import { CaldpError } from '../../../../errors/caldp-error.ts';
import { FitsError } from '../../../../fits/fits-error.ts';

/** System errors that another try can cure. */
const passing: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EBUSY',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOSPC',
  'ETIMEDOUT',
]);

/** Turns whatever stopped a calibration into an error for the user. A mistake of this program stays what it is. */
export function asCaldpError(error: unknown): unknown {
  if (error instanceof CaldpError) return error;
  if (error instanceof FitsError)
    return new CaldpError(`A file cannot be used: ${error.message}`, {
      code: 'ACS_FILE_UNUSABLE',
      advice: 'Fetch the file again; if it comes out the same, report it to the archive.',
      exit: 'STAGE1_ERROR',
      cause: error,
    });
  if (error instanceof RangeError && /allocation|Invalid typed array length/.test(error.message))
    return new CaldpError('There is not enough memory for the arrays of this exposure.', {
      code: 'ACS_MEMORY_SHORT',
      advice: 'Use a machine with more memory, or process fewer datasets at a time.',
      exit: 'CALDP_MEMORY_ERROR',
      cause: error,
    });
  const code = systemCode(error);
  if (code === undefined) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new CaldpError(`The system refused a file operation: ${text}.`, {
    code: 'ACS_SYSTEM_ERROR',
    advice: 'Check the disk and the permissions of the work folder and of the reference files.',
    exit: 'STAGE1_ERROR',
    retry: passing.has(code) ? 'backoff' : 'never',
    cause: error,
  });
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
