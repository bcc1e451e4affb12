import { CaldpError, type RetryClass } from '../errors/caldp-error.ts';

interface Kind {
  readonly code: string;
  readonly retry: RetryClass;
  readonly advice: string;
}

const full: Kind = {
  code: 'STORE_FULL',
  retry: 'never',
  advice: 'Free space or raise the quota, then run again; nothing was published by halves.',
};
const denied: Kind = {
  code: 'STORE_DENIED',
  retry: 'never',
  advice: 'Give the user of this process the right to write there, or choose another output.',
};
const conflict: Kind = {
  code: 'KEY_CONFLICT',
  retry: 'never',
  advice: 'Move away the file or folder that is in the place of a folder or file of the tree.',
};
const invalid: Kind = {
  code: 'KEY_INVALID',
  retry: 'never',
  advice: 'Use a shorter path or a file system that takes such names.',
};
const unsupported: Kind = {
  code: 'STORE_UNSUPPORTED',
  retry: 'never',
  advice:
    'Put the output on a volume: folders that are part of a container image cannot be renamed.',
};
const failed: Kind = {
  code: 'STORE_FAILED',
  retry: 'backoff',
  advice: 'Look at the health of the disk or of the network share if it goes on.',
};

const kinds: Readonly<Record<string, Kind>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: denied,
  EPERM: denied,
  EROFS: denied,
  EEXIST: conflict,
  EISDIR: conflict,
  ENOTDIR: conflict,
  ENOTEMPTY: conflict,
  ELOOP: conflict,
  ENAMETOOLONG: invalid,
  EILSEQ: invalid,
  EXDEV: unsupported,
};

/** The code of an error of the operating system, or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The code by which the store tells of an error of the operating system. */
export function storeCode(code: string | undefined): string {
  return (kinds[code ?? ''] ?? failed).code;
}

/** Whether trying again can help after an error of the operating system. */
export function retryAfter(code: string | undefined): RetryClass {
  return (kinds[code ?? ''] ?? failed).retry;
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
  const kind = kinds[code] ?? failed;
  return new CaldpError(
    `Could not ${options.doing} \`${options.key}\` in \`${options.uri}\`: ${error instanceof Error ? error.message : code}.`,
    { ...kind, cause: error },
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
