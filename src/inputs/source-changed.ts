import { CaldpError } from '../errors/caldp-error.ts';

/** An input that is still being written, was replaced, or went away while it was read. */
export function sourceChanged(path: string, what: string, cause?: unknown): CaldpError {
  return new CaldpError(`The input \`${path}\` ${what} while it was read.`, {
    code: 'SOURCE_CHANGED',
    advice:
      'Wait until the file is complete; write it under another name and rename it into place.',
    retry: 'backoff',
    cause,
  });
}
