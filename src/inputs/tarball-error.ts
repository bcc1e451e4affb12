import { CaldpError } from '../errors/caldp-error.ts';

/** A tarball that cannot be unpacked, or must not be. */
export function tarballError(tarball: string, reason: string, cause?: unknown): CaldpError {
  return new CaldpError(`The tarball \`${tarball}\` ${reason}`, {
    code: 'TARBALL_INVALID',
    advice: 'Make it again from the files of the dataset: `tar -czf <dataset>.tar.gz *.fits`.',
    exit: 'INPUT_TAR_FILE_ERROR',
    cause,
  });
}
