import type { Detector } from '../detectors/detector.ts';
import type { ReferenceKeyword } from '../references/reference-names.ts';
import type { PythonValue } from './python-text.ts';

/** How references of one kind are chosen. */
export interface ReferenceRules {
  /** Keywords of an exposure that are compared. */
  readonly keys: readonly string[];
  /** What a detector's references are for, in the order of `keys`. */
  match(detector: Detector): readonly PythonValue[];
  /** The calibration switch that asks for it. */
  readonly switch: string;
  /** When it is needed, in the language of CRDS. */
  readonly relevance: string;
  readonly more?: Readonly<Record<string, PythonValue>>;
}

const onDetector = (relevance: string, name: string): ReferenceRules => ({
  keys: ['DETECTOR'],
  match: (detector) => [detector.name],
  switch: name,
  relevance,
});

const onCcd = '(DETECTOR != "SBC")';
const amplifiers = { HRC: 'A|ABCD|AD|B|BC|C|D', WFC: 'A|ABCD|AD|B|BC|C|D', SBC: 'N/A' } as const;
const gains = { HRC: '1.0|2.0|4.0|8.0', WFC: '0.5|1.0|1.4|2.0', SBC: 'N/A' } as const;
const ccdKeys = { ccdamp: onCcd, ccdgain: onCcd };

/** The rules of the simulated references: those of the operational rules for the same kinds, less what concerns no simulated exposure. */
export const referenceRules: Readonly<Record<ReferenceKeyword, ReferenceRules>> = {
  BPIXTAB: onDetector('(DQICORR != "OMIT")', 'DQICORR'),
  CCDTAB: onDetector(onCcd, 'NONE'),
  OSCNTAB: onDetector(onCcd, 'NONE'),
  CRREJTAB: onDetector(`(${onCcd} and (CRCORR != "OMIT"))`, 'CRCORR'),
  MLINTAB: onDetector('((DETECTOR == "SBC") and (GLINCORR != "OMIT"))', 'GLINCORR'),
  IMPHTTAB: onDetector('(PHOTCORR != "OMIT")', 'PHOTCORR'),
  SNKCFILE: onDetector('((SINKCORR != "OMIT") and (DETECTOR == "WFC"))', 'SINKCORR'),
  SATUFILE: {
    keys: ['DETECTOR', 'CCDAMP'],
    match: ({ name }) => [name, amplifiers[name]],
    switch: 'BIASCORR',
    relevance: `(${onCcd} and (BIASCORR != "OMIT"))`,
  },
  DARKFILE: {
    keys: ['DETECTOR', 'CCDAMP', 'CCDGAIN'],
    match: ({ name }) => [name, amplifiers[name], gains[name]],
    switch: 'DARKCORR',
    relevance: '(DARKCORR != "OMIT")',
    more: { parkey_relevance: ccdKeys },
  },
  PFLTFILE: {
    keys: ['DETECTOR', 'CCDAMP', 'OBSTYPE'],
    match: ({ name }) => [name, amplifiers[name], 'IMAGING'],
    switch: 'FLATCORR',
    relevance: '((OBSTYPE != "INTERNAL") and (FLATCORR != "OMIT"))',
    more: { parkey_relevance: { ccdamp: onCcd } },
  },
  BIASFILE: {
    keys: ['DETECTOR', 'CCDAMP', 'CCDGAIN', 'APERTURE', 'NAXIS1', 'NAXIS2', 'XCORNER', 'YCORNER'],
    match: ({ name }) => [name, amplifiers[name], gains[name], 'N/A', 'N/A', 'N/A', 'N/A', 'N/A'],
    switch: 'BIASCORR',
    relevance: `(${onCcd} and (BIASCORR != "OMIT"))`,
    more: { hooks: { precondition_header: 'precondition_header_acs_biasfile_v2' } },
  },
};
