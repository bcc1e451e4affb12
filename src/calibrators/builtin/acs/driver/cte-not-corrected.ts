import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { Warning } from '../../../../errors/warning.ts';
import type { AcsRun } from './context.ts';
import { readExposure } from './exposure-file.ts';
import { readSwitches } from './switches.ts';

const code = 'CTE_NOT_CORRECTED';

/** The warning for exposures whose PCTECORR is PERFORM: products without the correction are made, those with it are not. */
export function uncorrectedWarning(names: readonly string[]): Warning {
  return {
    code,
    message: `PCTECORR is PERFORM for ${listed(names)}, which the built-in calibrator does not do: products without CTE correction (flt, crj) were made, the corrected ones (flc, crc) were not.`,
  };
}

/**
 * In place of that warning, for a strict run: nothing is made.
 *
 * @param firsts - The first exposure of each position: its switches are those of all of them.
 * @throws CaldpError `CTE_NOT_CORRECTED`.
 */
export function requireNoCte(run: AcsRun, firsts: readonly string[]): void {
  const names = firsts.filter((name) => {
    const { primary } = readExposure(name, run);
    return readSwitches(primary, { name }).PCTECORR === 'PERFORM';
  });
  if (names.length === 0) return;
  throw new CaldpError(
    `PCTECORR is PERFORM for ${listed(names)}, which the built-in calibrator does not do, and the run is strict: nothing was made.`,
    {
      code,
      advice:
        'Use HSTCAL, whose calacs.e corrects for CTE, or leave `--strict` out to get the products without the correction.',
      exit: 'STAGE1_ERROR',
    },
  );
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
