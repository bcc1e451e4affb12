import { namesFile, type ReferenceFile } from '../references/reference-file.ts';
import { type ExposureKeywords } from './exposure-keywords.ts';
import { missingReferences } from './missing-reference.ts';
import { refused } from './refuse.ts';

import { type References2d, usableFlats } from './references-2d.ts';
import type { Flags2d } from './steps-2d.ts';

/** Refuses to go on without the references of the steps. @throws CaldpError `ACS_REFERENCE_MISSING`. */
export function requireReferences2d(
  flags: Flags2d,
  options: { readonly references: References2d; readonly isCcd: boolean },
): void {
  const { references, isCcd } = options;
  const needed: ReferenceFile[] = isCcd ? [references.CCDTAB] : [];
  if (flags.DARKCORR === 'PERFORM') needed.push(references.DARKFILE);
  if (flags.FLSHCORR === 'PERFORM') needed.push(references.FLSHFILE);
  if (flags.SHADCORR === 'PERFORM') needed.push(references.SHADFILE);
  if (flags.PHOTCORR === 'PERFORM') needed.push(references.IMPHTTAB);
  if (flags.GLINCORR === 'PERFORM' || flags.LFLGCORR === 'PERFORM') needed.push(references.MLINTAB);
  if (flags.DQICORR === 'PERFORM' && !isCcd) needed.push(references.BPIXTAB);
  if (flags.FLATCORR === 'PERFORM' && usableFlats(references).length === 0)
    needed.push(references.PFLTFILE);
  for (const file of [references.CFLTFILE, references.PFLTFILE, references.DFLTFILE])
    if (flags.FLATCORR === 'PERFORM' && namesFile(file.name)) needed.push(file);
  const missing = [...new Set(needed)].filter(({ exists }) => !exists);
  if (missing.length > 0) throw missingReferences(missing);
}

/** Refuses what is undefined in calacs. @throws CaldpError `ACS_MODE_REFUSED`. */
export function requireCovered(
  flags: Flags2d,
  options: { readonly references: References2d; readonly exposure: ExposureKeywords },
): void {
  const { references, exposure } = options;
  if (flags.FLSHCORR === 'PERFORM' && exposure.flashDuration <= 0)
    throw refused(
      `FLSHCORR is PERFORM but FLASHDUR is ${exposure.flashDuration}: there was no flash to correct for, and calacs would write an undefined MEANFLSH.`,
      'Set FLSHCORR to OMIT, or correct FLASHDUR.',
    );
  if (flags.FLATCORR !== 'PERFORM') return;
  if (references.LFLTFILE.exists)
    throw refused(
      `The low-order flat \`${references.LFLTFILE.name}\` cannot be applied: calacs multiplies by an array that it never fills.`,
      'Set LFLTFILE to N/A.',
    );
  if (references.CFLTFILE.exists && references.SPOTTAB.exists)
    throw refused(
      'The spot flat of the coronagraph (CFLTFILE with SPOTTAB) cannot be applied: calacs reads outside the array.',
      'Set CFLTFILE to N/A.',
    );
}
