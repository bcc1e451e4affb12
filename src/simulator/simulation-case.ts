import type { WritableValue } from '../fits/format-card.ts';
import type { Detector, Rectangle } from './detectors/detector.ts';
import { hrc } from './detectors/hrc.ts';
import { sbc } from './detectors/sbc.ts';
import { wfc } from './detectors/wfc.ts';
import type { Exposure } from './exposures/exposure.ts';
import { overhead } from './references/tables/ccd-table.ts';

/** The datasets that can be simulated. */
export const caseNames = ['hrc-crsplit', 'wfc', 'wfc-subarray', 'sbc-repeat'] as const;

/** The name of a dataset that can be simulated. */
export type CaseName = (typeof caseNames)[number];

/** What a dataset is made of. */
export interface SimulationCase {
  /** The dataset, and its exposures. */
  readonly id: string;
  readonly exposures: readonly string[];
  /** How the exposures are combined, and the root name of the result; left out for a single exposure. */
  readonly combined?: { readonly type: 'CRJ' | 'RPT'; readonly product: string };
  /** The calibrated file that is compared with the truth. */
  readonly calibrated: string;
  readonly detector: Detector;
  /** One window of the frame of one chip; left out for whole chips. */
  readonly window?: { readonly chip: 1 | 2; readonly rectangle: Rectangle };
  readonly ccdamp: string;
  readonly electronics: Exposure['electronics'];
  /** Modified Julian Date of the first exposure. */
  readonly start: number;
  /** Seconds. */
  readonly exposureTime: number;
  readonly overhead: number;
  readonly filters: readonly [string, string];
  readonly aperture: string;
  readonly switches: readonly string[];
  readonly keywords: Readonly<Record<string, WritableValue>>;
}

const ccdSwitches = [
  ...['DQICORR', 'BLEVCORR', 'BIASCORR', 'EXPSCORR', 'DARKCORR', 'FLATCORR', 'PHOTCORR'],
  'DRIZCORR',
];

const wfcExposure = {
  detector: wfc,
  start: 58_178.25,
  overhead: overhead.unflashed,
  filters: ['CLEAR1L', 'F814W'],
  switches: [...ccdSwitches, 'SINKCORR'],
} as const;

/** The datasets: two associations and two single exposures. */
export const simulationCases: Readonly<Record<CaseName, SimulationCase>> = {
  'hrc-crsplit': {
    id: 'j8zs01010',
    exposures: ['j8zs01a1q', 'j8zs01a2q'],
    combined: { type: 'CRJ', product: 'j8zs01011' },
    calibrated: 'j8zs01011_crj.fits',
    detector: hrc,
    ccdamp: 'C',
    electronics: 'drifting',
    start: 52_640.5,
    exposureTime: 400,
    overhead: 0,
    filters: ['F555W', 'CLEAR2S'],
    aperture: 'HRC',
    switches: [...ccdSwitches, 'CRCORR'],
    keywords: { CRSPLIT: 2 },
  },
  wfc: {
    ...wfcExposure,
    id: 'jdzs02a1q',
    exposures: ['jdzs02a1q'],
    calibrated: 'jdzs02a1q_flt.fits',
    ccdamp: 'ABCD',
    electronics: 'dual-slope',
    exposureTime: 500,
    aperture: 'WFC',
    keywords: { JWROTYPE: 'DS_int' },
  },
  'wfc-subarray': {
    ...wfcExposure,
    id: 'jdzs03a1q',
    exposures: ['jdzs03a1q'],
    calibrated: 'jdzs03a1q_flt.fits',
    window: { chip: 1, rectangle: { x: 0, y: 1044, width: 1048, height: 1024 } },
    ccdamp: 'A',
    electronics: 'steady',
    exposureTime: 300,
    aperture: 'WFC1A-1K',
    keywords: { JWROTYPE: 'DS_int' },
  },
  'sbc-repeat': {
    id: 'jdzs04010',
    exposures: ['jdzs04a1q', 'jdzs04a2q', 'jdzs04a3q'],
    combined: { type: 'RPT', product: 'jdzs04011' },
    calibrated: 'jdzs04011_sfl.fits',
    detector: sbc,
    ccdamp: '',
    electronics: 'steady',
    start: 58_290.75,
    exposureTime: 600,
    overhead: 0,
    filters: ['F125LP', 'N/A'],
    aperture: 'SBC',
    switches: ['DQICORR', 'GLINCORR', 'LFLGCORR', 'DARKCORR', 'FLATCORR', 'PHOTCORR', 'RPTCORR'],
    keywords: { NRPTEXP: 3 },
  },
};
