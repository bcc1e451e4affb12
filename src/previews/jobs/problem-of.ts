import { basename } from 'node:path';
import { CaldpError } from '../../errors/caldp-error.ts';
import { FitsError } from '../../fits/fits-error.ts';
import type { PreviewProblem } from './preview-job.ts';

/** Describes an error so that it can pass between threads. */
export function problemOf(
  error: unknown,
  options: { readonly sources: readonly string[]; readonly path?: string },
): PreviewProblem {
  const { sources, path } = options;
  return { sources, path, ...describe(error, sources) };
}

type Description = Pick<PreviewProblem, 'code' | 'message' | 'advice'>;

function describe(error: unknown, sources: readonly string[]): Description {
  if (error instanceof CaldpError) {
    return { code: error.code, message: error.message, advice: error.advice };
  }
  if (error instanceof FitsError) {
    return {
      code: 'PREVIEW_FILE_UNREADABLE',
      message: `The file cannot be read: ${error.message}`,
      advice:
        'Calibrate the dataset again; where the file is an input, get it from the archive again.',
    };
  }
  const names = sources.map((source) => `\`${basename(source)}\``).join(', ');
  if (isSystemError(error)) {
    if (error.path !== undefined && sources.includes(error.path)) return unreadable(error);
    return {
      code: 'PREVIEW_NOT_WRITTEN',
      message: `The preview of ${names} failed with ${error.code}: ${error.message}.`,
      advice: 'Check that the folder can be written to and the disk is not full.',
    };
  }
  const isMemory = error instanceof RangeError && error.message.includes('allocation');
  if (isMemory) {
    return {
      code: 'PREVIEW_TOO_LARGE',
      message: `There was not enough memory for the preview of ${names}.`,
      advice: 'Give the process more memory, or let it make fewer previews at a time.',
    };
  }
  return {
    code: 'PREVIEW_FAILED',
    message: `The preview of ${names} failed: ${firstLine(error)}`,
    advice: 'This is a fault of caldp: report it with the file.',
  };
}

function unreadable(error: SystemError): Description {
  const reason = error.code === 'ENOENT' ? 'it is not there' : error.message;
  return {
    code: 'PREVIEW_FILE_UNREADABLE',
    message: `The file \`${error.path ?? ''}\` cannot be read: ${reason}.`,
    advice: 'Check the name of the file, and that it may be read.',
  };
}

/** Libraries put further lines, and stacks, behind the first. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
