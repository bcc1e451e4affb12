import { CaldpError, type CaldpErrorOptions } from './caldp-error.ts';

interface Meaning extends Omit<CaldpErrorOptions, 'cause'> {
  readonly what: string;
}

const full: Meaning = {
  what: 'There is no space left',
  code: 'DISK_FULL',
  advice: 'Free space on that file system or choose another one, then run the dataset again.',
};
const denied: Meaning = {
  what: 'Permission was denied',
  code: 'PERMISSION_DENIED',
  advice: 'Give the user that runs caldp access to that path.',
};
const exhausted: Meaning = {
  what: 'A limit of the operating system was reached',
  code: 'SYSTEM_LIMIT',
  advice: 'Lower `--jobs` and `--max-in-flight`, or raise the limit (`ulimit -n`, `ulimit -u`).',
  retry: 'backoff',
};
const unsteady: Meaning = {
  what: 'The file system answered with an error',
  code: 'FILE_SYSTEM_ERROR',
  advice: 'Look at the health of that file system (`dmesg`, the NFS server), then run again.',
  retry: 'backoff',
};

const meanings: Readonly<Record<string, Meaning>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: denied,
  EPERM: denied,
  EROFS: denied,
  EMFILE: exhausted,
  ENFILE: exhausted,
  EAGAIN: exhausted,
  EIO: unsteady,
  ETIMEDOUT: unsteady,
  ESTALE: unsteady,
  EBUSY: unsteady,
  EINTR: unsteady,
  ENOMEM: {
    what: 'The operating system could not give memory',
    code: 'OS_MEMORY',
    advice: 'Lower `--jobs`, or run on a machine with more memory.',
    exit: 'OS_MEMORY_ERROR',
  },
};

/** What an error of the operating system means for a dataset, or undefined when it is none that is known. */
export function fromSystemError(error: unknown): CaldpError | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  const meaning = meanings[error.code];
  if (meaning === undefined) return undefined;
  const { what, ...options } = meaning;
  return new CaldpError(`${what}: ${error.message}.`, { ...options, cause: error });
}
