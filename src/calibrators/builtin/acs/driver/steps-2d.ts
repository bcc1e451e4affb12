import type { StepFlag } from './switches.ts';

type Step2d =
  | 'DQICORR'
  | 'GLINCORR'
  | 'LFLGCORR'
  | 'DARKCORR'
  | 'FLSHCORR'
  | 'FLATCORR'
  | 'SHADCORR'
  | 'PHOTCORR'
  | 'EXPSCORR';

/** The steps of ACS2D. */
export type Flags2d = Readonly<Record<Step2d, StepFlag>>;
