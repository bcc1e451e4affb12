/** A rectangle of pixels; `x`, `y` is its lower left corner, counted from 0. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The amplifiers of a CCD by which corner of the detector they read. */
export type AmplifierName = 'A' | 'B' | 'C' | 'D';

/** What turns charge into numbers. */
export interface Amplifier {
  /** Electrons for one count. */
  readonly gain: number;
  /** Standard deviation, electrons. */
  readonly readNoise: number;
  /** Counts without any charge. */
  readonly level: number;
}

/** One chip of a detector. */
export interface Chip {
  /** CCDCHIP. */
  readonly number: 1 | 2;
  /** Columns and lines that a readout of the whole chip has, overscan included. */
  readonly frame: { readonly width: number; readonly height: number };
  /** The part of the frame that sees the sky. */
  readonly light: Rectangle;
}

/** What is particular to a detector of ACS and does not change from exposure to exposure. */
export interface Detector {
  readonly name: 'HRC' | 'WFC' | 'SBC';
  /** In the order of the imsets. */
  readonly chips: readonly Chip[];
  /** None for the SBC, which counts photons. */
  readonly amplifiers: Readonly<Partial<Record<AmplifierName, Amplifier>>>;
  /** Mean dark current of a pixel, electrons for each second. */
  readonly dark: number;
  /** Part of the pixels whose dark current is high. */
  readonly hotPixels: number;
  /** Electrons that a pixel holds; 0 where none is counted. */
  readonly fullWell: number;
  /** Bad columns of each chip. */
  readonly badColumns: number;
  /** Cosmic rays for each second and square pixel. */
  readonly cosmicRays: number;
  /** Degrees of the sky a pixel sees. */
  readonly scale: number;
  /** Core of the image of a star, pixels: `a` of a Moffat profile with exponent 2.5. */
  readonly starWidth: number;
  /** Stars on each chip, and the faintest and the brightest of them in electrons for each second. */
  readonly stars: { readonly count: number; readonly faintest: number; readonly brightest: number };
  /** Electrons for each second and pixel. */
  readonly sky: number;
}
