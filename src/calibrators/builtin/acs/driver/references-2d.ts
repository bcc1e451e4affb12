import { type ReferenceFile } from '../references/reference-file.ts';
import type { AcsRun } from './context.ts';
import { exposureReference, type PositionReferences } from './position-references.ts';
import type { WorkingExposure } from './working-exposure.ts';

type ReferenceKeyword =
  | 'CCDTAB'
  | 'BPIXTAB'
  | 'MLINTAB'
  | 'DARKFILE'
  | 'FLSHFILE'
  | 'PFLTFILE'
  | 'DFLTFILE'
  | 'LFLTFILE'
  | 'CFLTFILE'
  | 'SPOTTAB'
  | 'SHADFILE'
  | 'IMPHTTAB';

/** The references of ACS2D. */
export type References2d = Readonly<Record<ReferenceKeyword, ReferenceFile>>;

/** Opens the references of ACS2D. */
export function references2d(
  run: AcsRun,
  options: { readonly input: WorkingExposure; readonly position: PositionReferences },
): References2d {
  const { input, position } = options;
  const reference = (keyword: string): ReferenceFile =>
    exposureReference(run, { keyword, cards: input.primary, position });
  return {
    CCDTAB: reference('CCDTAB'),
    BPIXTAB: reference('BPIXTAB'),
    MLINTAB: reference('MLINTAB'),
    DARKFILE: reference('DARKFILE'),
    FLSHFILE: reference('FLSHFILE'),
    PFLTFILE: reference('PFLTFILE'),
    DFLTFILE: reference('DFLTFILE'),
    LFLTFILE: reference('LFLTFILE'),
    CFLTFILE: reference('CFLTFILE'),
    SPOTTAB: reference('SPOTTAB'),
    SHADFILE: reference('SHADFILE'),
    IMPHTTAB: reference('IMPHTTAB'),
  };
}

/** Which of the flats are applied. */
export function usableFlats(references: References2d): readonly ReferenceFile[] {
  return [references.PFLTFILE, references.DFLTFILE].filter(
    ({ exists, isDummy }) => exists && !isDummy,
  );
}
