/** What the errors of the operating system come to, for who has to act on them. */
export type SystemCondition =
  'full' | 'denied' | 'exhausted' | 'unsteady' | 'memory' | 'conflict' | 'invalid' | 'unsupported';

const conditions: Readonly<Record<string, SystemCondition>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  EMFILE: 'exhausted',
  ENFILE: 'exhausted',
  EAGAIN: 'exhausted',
  EIO: 'unsteady',
  ETIMEDOUT: 'unsteady',
  ESTALE: 'unsteady',
  EBUSY: 'unsteady',
  EINTR: 'unsteady',
  ENOMEM: 'memory',
  EEXIST: 'conflict',
  EISDIR: 'conflict',
  ENOTDIR: 'conflict',
  ENOTEMPTY: 'conflict',
  ELOOP: 'conflict',
  ENAMETOOLONG: 'invalid',
  EILSEQ: 'invalid',
  EXDEV: 'unsupported',
};

/** The code of an error of the operating system, or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What a code of the operating system comes to; undefined for one that is not known. */
export function systemCondition(code: string | undefined): SystemCondition | undefined {
  return conditions[code ?? ''];
}
