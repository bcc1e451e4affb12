import { basename } from 'node:path';
import { crdsError } from './crds-error.ts';
import type { FileLookup } from './file-lookup.ts';

/**
 * Refuses a file for which a reference cannot be chosen that a step to be performed needs.
 *
 * @throws CaldpError `CRDS_REFERENCE_FAILED`.
 */
export function refuseFailures({ path, failures }: FileLookup): void {
  const needed = failures.filter(({ performedBy }) => performedBy !== undefined);
  if (needed.length === 0) return;
  const list = needed.map(
    ({ keyword, performedBy, reason }) => `${keyword} (${performedBy ?? ''} is PERFORM): ${reason}`,
  );
  throw crdsError('CRDS_REFERENCE_FAILED', {
    message: `No reference can be chosen for \`${basename(path)}\` that a calibration step needs: ${list.join('; ')}.`,
    advice:
      'Check the header (`caldp bestrefs FILE` shows all lookups), or set the step of that switch to OMIT.',
  });
}
