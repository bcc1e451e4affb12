import { CaldpError } from '../../../../errors/caldp-error.ts';

/**
 * The error for what this calibrator does not do: paths that are undefined in calacs itself, and the few that are left to HSTCAL.
 *
 * @param what - A full sentence. @param advice - A full sentence.
 */
export function refused(what: string, advice: string): CaldpError {
  return new CaldpError(what, { code: 'ACS_MODE_REFUSED', advice, exit: 'STAGE1_ERROR' });
}
