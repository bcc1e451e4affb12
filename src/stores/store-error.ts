import { CaldpError, type RetryClass } from '../errors/caldp-error.ts';
import type { ErrorKind } from '../errors/error-kind.ts';
import { systemCode, systemCondition, type SystemCondition } from '../errors/system-condition.ts';

const failed: ErrorKind = {
  code: 'STORE_FAILED',
  retry: 'backoff',
  advice: 'Look at the health of the disk or of the network share if it goes on.',
};

/** What is not here may pass. */
const kinds: Readonly<Partial<Record<SystemCondition, ErrorKind>>> = {
  full: {
    code: 'STORE_FULL',
    advice: 'Free space or raise the quota, then run again; nothing was published by halves.',
  },
  denied: {
    code: 'STORE_DENIED',
    advice: 'Give the user of this process the right to write there, or choose another output.',
  },
  conflict: {
    code: 'KEY_CONFLICT',
    advice: 'Move away the file or folder that is in the place of a folder or file of the tree.',
  },
  invalid: {
    code: 'KEY_INVALID',
    advice: 'Use a shorter path or a file system that takes such names.',
  },
  unsupported: {
    code: 'STORE_UNSUPPORTED',
    advice:
      'Put the output on a volume: folders that are part of a container image cannot be renamed.',
  },
};

function kindOf(code: string | undefined): ErrorKind {
  const condition = systemCondition(code);
  return (condition === undefined ? undefined : kinds[condition]) ?? failed;
}

/** The code by which the store tells of an error of the operating system. */
export function storeCode(code: string | undefined): string {
  return kindOf(code).code;
}

/** Whether trying again can help after an error of the operating system. */
export function retryAfter(code: string | undefined): RetryClass {
  return kindOf(code).retry ?? 'never';
}

/**
 * Turns an error of the operating system into one that says what the store was doing and whether waiting helps.
 * Errors without a system code (an abort, an error of ours, a bug) are answered as they are.
 */
export function storeError(
  error: unknown,
  options: { readonly doing: string; readonly key: string; readonly uri: string },
): unknown {
  const code = systemCode(error);
  if (error instanceof CaldpError || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new CaldpError(
    `Could not ${options.doing} \`${options.key}\` in \`${options.uri}\`: ${error instanceof Error ? error.message : code}.`,
    { ...kindOf(code), cause: error },
  );
}

/** A local file that was to be stored and cannot be read. */
export function sourceUnreadable(path: string, cause: unknown): CaldpError {
  const code = systemCode(cause);
  return new CaldpError(`Could not read \`${path}\` to store it: ${code ?? String(cause)}.`, {
    code: 'SOURCE_UNREADABLE',
    advice: 'Look whether something removes or changes files of the work directory.',
    retry: code === 'ENOENT' ? 'never' : retryAfter(code),
    cause,
  });
}
