/** How cosmic rays are found: a row of CRREJTAB. Numbers are of single precision. */
export interface CrParameters {
  /** Rejection threshold of each iteration, sigma. */
  readonly sigmas: readonly number[];
  readonly initialGuess: 'median' | 'minimum';
  readonly sky: 'mode' | 'none';
  /** Distance to which neighbours of a hit are examined, pixels. */
  readonly radius: number;
  /** Factor on the threshold for neighbours. */
  readonly threshold: number;
  /** Noise proportional to the signal, per cent. */
  readonly scaleNoise: number;
  /** DQ bits of pixels that are left out. */
  readonly badBits: number;
  /** Whether hits are flagged in the exposures. */
  readonly flagsExposures: boolean;
}
