/**
 * An image as it is drawn from: rows from the bottom up as in FITS, `pixels[y * width + x]`, missing pixels NaN.
 * Infinite values do not occur.
 */
export interface FloatImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}
