import type { Detector } from '../detectors/detector.ts';

/** What is particular to one exposure. */
export interface Exposure {
  /** The root name: `j8zs01a1q`. */
  readonly root: string;
  readonly detector: Detector;
  /** The same seed gives the same detector, the same sky and the same noise. */
  readonly seed: number;
  /** CCDAMP; empty for the SBC. */
  readonly ccdamp: string;
  /** Seconds. */
  readonly exposureTime: number;
  /** Seconds over which dark current collects, the overhead of the readout included. */
  readonly darkTime: number;
  /** How the CCD is read: `dual-slope` adds stripes, crosstalk and the bias shift of the WFC after Servicing Mission 4. */
  readonly electronics: 'drifting' | 'steady' | 'dual-slope';
}
