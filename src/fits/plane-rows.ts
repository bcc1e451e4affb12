/** The rows of the first plane of an image, stored, constant or tile-compressed. Holds no pixels. */
export interface PlaneRows {
  readonly width: number;
  readonly height: number;
  /** Fills the target, whole rows, with physical values from row `from` on; NaN where there is none. */
  readInto(target: Float32Array, options: { readonly from: number }): void;
}
