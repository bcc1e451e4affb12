import { type ReferenceFile } from '../references/reference-file.ts';
import { type ExposureKeywords } from './exposure-keywords.ts';
import { readSwitches, type StepFlag, type SwitchName, type Switches } from './switches.ts';
import type { WorkingExposure } from './working-exposure.ts';

import { type References2d, usableFlats } from './references-2d.ts';
import type { Flags2d } from './steps-2d.ts';
import { requireCovered, requireReferences2d } from './check-2d.ts';
import { refused } from './refuse.ts';

/**
 * What is to be done: the position's switches, but nothing twice, nothing that the detector does not have, and nothing with a stand-in.
 *
 * @throws CaldpError `ACS_REFERENCE_MISSING`; `ACS_OVERSCAN_NOT_TRIMMED`; `ACS_MODE_REFUSED`.
 */
export function flags2d(options: {
  readonly input: WorkingExposure;
  readonly switches: Switches;
  readonly exposure: ExposureKeywords;
  readonly references: References2d;
}): Flags2d {
  const { input, switches, exposure, references } = options;
  const own = readSwitches(input.primary, input);
  const isCcd = exposure.detector !== 'SBC';
  const repeatable: ReadonlySet<SwitchName> = new Set(['DQICORR', 'PHOTCORR', 'EXPSCORR']);
  const excluded: ReadonlySet<SwitchName> = new Set(
    isCcd ? ['GLINCORR', 'LFLGCORR'] : ['SHADCORR', 'FLSHCORR'],
  );
  const flag = (name: keyof Flags2d, reference?: ReferenceFile): StepFlag => {
    if (excluded.has(name)) return 'OMIT';
    if (switches[name] !== 'PERFORM') return switches[name];
    if (own[name] === 'COMPLETE' && !repeatable.has(name)) return 'OMIT';
    return reference?.isDummy === true ? 'DUMMY' : 'PERFORM';
  };
  // Flags and saturation of a CCD are done in ACSCCD.
  const dqi =
    isCcd && switches.DQICORR === 'PERFORM' ? 'OMIT' : flag('DQICORR', references.BPIXTAB);
  const flags: Flags2d = {
    DQICORR: dqi,
    GLINCORR: flag('GLINCORR', references.MLINTAB),
    LFLGCORR: flag('LFLGCORR', references.MLINTAB),
    DARKCORR: flag('DARKCORR', references.DARKFILE),
    FLSHCORR: flag('FLSHCORR', references.FLSHFILE),
    FLATCORR: flatFlag(flag('FLATCORR'), references),
    SHADCORR: flag('SHADCORR', references.SHADFILE),
    PHOTCORR: flag('PHOTCORR', references.IMPHTTAB),
    EXPSCORR: flag('EXPSCORR'),
  };
  requireReferences2d(flags, { references, isCcd });
  requireStep(flags, input);
  requireCovered(flags, { references, exposure });
  return flags;
}

/** calacs ends without a product here, and without an error. Keeping EXPSCORR is no step. */
function requireStep(flags: Flags2d, { name }: WorkingExposure): void {
  if (Object.values({ ...flags, EXPSCORR: 'OMIT' }).includes('PERFORM')) return;
  throw refused(
    `Every step from the dark current to the photometry is off for \`${name}\` or has only a stand-in for its reference.`,
    'Use the references that CRDS selects, or set the switches to OMIT.',
  );
}

function flatFlag(flag: StepFlag, references: References2d): StepFlag {
  if (flag !== 'PERFORM' || usableFlats(references).length > 0) return flag;
  const isDummy = [references.PFLTFILE, references.DFLTFILE].some((file) => file.isDummy);
  return isDummy ? 'DUMMY' : flag;
}
