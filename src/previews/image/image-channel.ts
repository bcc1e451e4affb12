import type { Header } from '../../fits/header.ts';
import type { FloatImage } from './float-image.ts';

/** An image with what is needed to draw it. */
export interface ImageChannel {
  readonly image: FloatImage;
  /** A value that counts as missing in whatever is made of the image; NaN where there is none. */
  readonly missing: number;
  /** One bit a pixel, lowest bit first: drawn, but without a say in the range. */
  readonly flagged: Uint8Array | undefined;
  /** Whose world coordinates the picture has. */
  readonly header: Header;
  /** What a reader of the picture should know: sentences. */
  readonly notes: readonly string[];
}
