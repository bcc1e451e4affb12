import { systemCode } from '../errors/system-condition.ts';

/** Tells the error of the operating system that something is not there. */
export function isMissing(error: unknown): error is NodeJS.ErrnoException {
  return systemCode(error) === 'ENOENT';
}
