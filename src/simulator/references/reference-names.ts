import type { Detector } from '../detectors/detector.ts';

/** The references that a detector needs, by the keyword that names them, and the ending of the file's name. */
const endings = {
  BPIXTAB: 'bpx',
  CCDTAB: 'ccd',
  OSCNTAB: 'osc',
  BIASFILE: 'bia',
  SATUFILE: 'sat',
  SNKCFILE: 'snk',
  CRREJTAB: 'crr',
  MLINTAB: 'lin',
  DARKFILE: 'drk',
  PFLTFILE: 'pfl',
  IMPHTTAB: 'imp',
} as const;

/** A keyword that names a simulated reference. */
export type ReferenceKeyword = keyof typeof endings;

const forAll = ['BPIXTAB', 'DARKFILE', 'PFLTFILE', 'IMPHTTAB'] as const;
const forCcds = ['CCDTAB', 'OSCNTAB', 'BIASFILE', 'SATUFILE', 'CRREJTAB'] as const;

/** The keywords of the references of a detector. */
export function referenceKeywords({ name }: Detector): readonly ReferenceKeyword[] {
  switch (name) {
    case 'HRC':
      return [...forAll, ...forCcds];
    case 'WFC':
      return [...forAll, ...forCcds, 'SNKCFILE'];
    case 'SBC':
      return [...forAll, 'MLINTAB'];
  }
}

/** The file name of a reference: nine letters, of which the last is that of ACS, and an ending, as CRDS has them. */
export function referenceName(keyword: ReferenceKeyword, { name }: Detector): string {
  return `sim00${name.toLowerCase()}j_${endings[keyword]}.fits`;
}

/** All references of a detector by keyword. */
export function referencesOf(detector: Detector): Readonly<Record<string, string>> {
  return Object.fromEntries(
    referenceKeywords(detector).map((keyword) => [keyword, referenceName(keyword, detector)]),
  );
}
