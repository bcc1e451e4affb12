/** Where one array of a FITS file is and how its numbers are stored. */
export interface StoredPlane {
  readonly kind: 'stored';
  readonly path: string;
  /** Byte position of the first pixel. */
  readonly offset: number;
  readonly nx: number;
  readonly ny: number;
  readonly bitpix: number;
  readonly scale: number;
  readonly zero: number;
}

/** An array of one value, which HSTIO writes as a header without data. */
export interface ConstantPlane {
  readonly kind: 'constant';
  readonly nx: number;
  readonly ny: number;
  readonly value: number;
}

export type Plane = StoredPlane | ConstantPlane;

/** The three arrays of an imset in a file. */
export interface StoredImset {
  readonly sci: Plane;
  readonly err: Plane;
  readonly dq: Plane;
}

/** A rectangle of a plane: the first column and line that are read. */
export interface Corner {
  readonly x0: number;
  readonly y0: number;
}
