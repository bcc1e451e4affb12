/** Data quality bits that the calibration sets (ACS Data Handbook, table of DQ flags). */
export const dqFlags = {
  /** A place-holder that calacs sets at pixel (1,1) where no bad-pixel row applies. */
  placeHolder: 64,
  /** Beyond the full well, or a non-linear pixel of the SBC. */
  fullWell: 256,
  /** A flat field of zero: the pixel could not be flattened. */
  badFlat: 512,
  /** Charge trap (sink) or a pixel downstream of one. */
  sink: 1024,
  /** Beyond the analog-to-digital converter. */
  adSaturated: 2048,
  /** Hit by a cosmic ray. */
  cosmicRay: 8192,
} as const;
