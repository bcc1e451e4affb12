import { CaldpError } from './caldp-error.ts';
import type { ErrorKind } from './error-kind.ts';
import { systemCode, systemCondition, type SystemCondition } from './system-condition.ts';

interface Meaning extends ErrorKind {
  readonly what: string;
}

const meanings: Readonly<Partial<Record<SystemCondition, Meaning>>> = {
  full: {
    what: 'There is no space left',
    code: 'DISK_FULL',
    advice: 'Free space on that file system or choose another one, then run the dataset again.',
  },
  denied: {
    what: 'Permission was denied',
    code: 'PERMISSION_DENIED',
    advice: 'Give the user that runs caldp access to that path.',
  },
  exhausted: {
    what: 'A limit of the operating system was reached',
    code: 'SYSTEM_LIMIT',
    advice: 'Lower `--jobs` and `--max-in-flight`, or raise the limit (`ulimit -n`, `ulimit -u`).',
    retry: 'backoff',
  },
  unsteady: {
    what: 'The file system answered with an error',
    code: 'FILE_SYSTEM_ERROR',
    advice: 'Look at the health of that file system (`dmesg`, the NFS server), then run again.',
    retry: 'backoff',
  },
  memory: {
    what: 'The operating system could not give memory',
    code: 'OS_MEMORY',
    advice: 'Lower `--jobs`, or run on a machine with more memory.',
    exit: 'OS_MEMORY_ERROR',
  },
};

/** What an error of the operating system means for a dataset, or undefined when it is none that is known. */
export function fromSystemError(error: unknown): CaldpError | undefined {
  const condition = systemCondition(systemCode(error));
  const meaning = condition === undefined ? undefined : meanings[condition];
  if (meaning === undefined || !(error instanceof Error)) return undefined;
  const { what, ...options } = meaning;
  return new CaldpError(`${what}: ${error.message}.`, { ...options, cause: error });
}
