import type { FloatImage } from './float-image.ts';

/** A resized image and the zoom from the original to it, in single precision as `fitscut` records it. */
export interface ShrunkImage {
  readonly image: FloatImage;
  readonly zoom: number;
}
