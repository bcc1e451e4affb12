import { CaldpError } from '../../../../errors/caldp-error.ts';
import type { ReferenceFile } from '../references/reference-file.ts';
import type { AcsRun } from './context.ts';
import type { ExposureFile } from './exposure-file.ts';
import { missingReferences } from './missing-reference.ts';
import { exposureReference, type PositionReferences } from './position-references.ts';
import { refused } from './refuse.ts';
import { readSwitches, type StepFlag } from './switches.ts';

/** The references of ACSCCD. */
export type CcdReferences = Readonly<
  Record<'CCDTAB' | 'OSCNTAB' | 'BPIXTAB' | 'BIASFILE' | 'SATUFILE' | 'SNKCFILE', ReferenceFile>
>;

/** The steps of ACSCCD. */
export type CcdFlags = Readonly<Record<'DQICORR' | 'BIASCORR' | 'BLEVCORR' | 'SINKCORR', StepFlag>>;

/**
 * Opens the references of ACSCCD.
 *
 * @throws CaldpError `ACS_REFERENCE_MISSING`; `ACS_REFERENCE_DUMMY` where CCDTAB or OSCNTAB is a stand-in.
 */
export function ccdReferences(
  run: AcsRun,
  options: { readonly file: ExposureFile; readonly position: PositionReferences },
): CcdReferences {
  const { file, position } = options;
  const reference = (keyword: string): ReferenceFile =>
    exposureReference(run, { keyword, cards: file.primary, position });
  const references: CcdReferences = {
    CCDTAB: reference('CCDTAB'),
    OSCNTAB: reference('OSCNTAB'),
    BPIXTAB: reference('BPIXTAB'),
    BIASFILE: reference('BIASFILE'),
    SATUFILE: reference('SATUFILE'),
    SNKCFILE: reference('SNKCFILE'),
  };
  const switches = readSwitches(file.primary, file);
  const needed = [references.CCDTAB, references.OSCNTAB];
  if (switches.BIASCORR === 'PERFORM') needed.push(references.BIASFILE, references.SATUFILE);
  if (switches.SINKCORR === 'PERFORM') needed.push(references.SNKCFILE);
  const missing = needed.filter(({ exists }) => !exists);
  if (missing.length > 0) throw missingReferences(missing);
  if (references.CCDTAB.isDummy) throw dummy(references.CCDTAB);
  if (references.OSCNTAB.isDummy && switches.BLEVCORR === 'PERFORM')
    throw dummy(references.OSCNTAB);
  return references;
}

/** What is to be done. @throws CaldpError `ACS_MODE_REFUSED` where nothing is, or where the exposure has no imset. */
export function ccdFlags(file: ExposureFile, references: CcdReferences): CcdFlags {
  const switches = readSwitches(file.primary, file);
  const flag = (name: keyof CcdFlags, reference: ReferenceFile): StepFlag =>
    switches[name] === 'PERFORM' && reference.isDummy ? 'DUMMY' : switches[name];
  const flags: CcdFlags = {
    DQICORR: flag('DQICORR', references.BPIXTAB),
    BIASCORR: flag('BIASCORR', references.BIASFILE),
    BLEVCORR: switches.BLEVCORR,
    SINKCORR: flag('SINKCORR', references.SNKCFILE),
  };
  if (file.imsets.length === 0)
    throw refused(`\`${file.name}\` has no imset (NEXTEND).`, 'Fetch the exposure again.');
  if ([...Object.values(flags), switches.ATODCORR].includes('PERFORM')) return flags;
  throw refused(
    `Every step before the combination of exposures is off for \`${file.name}\` or has only a stand-in for its reference.`,
    'Use the references that CRDS selects, or set the switches to OMIT.',
  );
}

function dummy(reference: ReferenceFile): CaldpError {
  return new CaldpError(
    `${reference.keyword} \`${reference.name}\` is a stand-in (PEDIGREE \`${reference.pedigree}\`); the exposure cannot be calibrated with it.`,
    {
      code: 'ACS_REFERENCE_DUMMY',
      advice: `Use the ${reference.keyword} that CRDS selects for this exposure.`,
      exit: 'STAGE1_ERROR',
    },
  );
}
