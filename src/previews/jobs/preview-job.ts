import type { Channels } from '../image/channels.ts';
import type { PictureFormat } from '../image/picture-format.ts';
import type { PreviewStyle } from '../preview-style.ts';

/** How images are drawn and stored. */
export interface DrawingOptions {
  readonly style: PreviewStyle;
  readonly format: PictureFormat;
}

/** What a product is expected to be; `either` looks into the file. */
export type ProductKind = 'image' | 'spectrum' | 'either';

/** Previews of one product, named after it. */
export interface ProductJob extends DrawingOptions {
  readonly kind: 'product';
  readonly path: string;
  readonly expected: ProductKind;
  /** Where the previews go: `<folder>/<base>.jpg` and so on. */
  readonly folder: string;
  readonly base: string;
  /** Long side of the thumbnail of an image, in pixels. */
  readonly thumbnail: number;
}

/** One colour composite of several products. */
export interface ColorJob extends DrawingOptions {
  readonly kind: 'color';
  readonly paths: Channels<string>;
  readonly folder: string;
  readonly base: string;
  readonly thumbnail: number;
}

/** A piece of work for a preview thread. */
export type PreviewJob = ProductJob | ColorJob;

/** A file that was made. */
export interface MadePreview {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** The products that it shows. */
  readonly sources: readonly string[];
}

/** A preview that was not made, in a form that passes between threads. */
export interface PreviewProblem {
  /** The products that it would have shown. */
  readonly sources: readonly string[];
  /** The file that was not made; undefined where all previews of the product were not. */
  readonly path: string | undefined;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** What became of a job. */
export interface PreviewReport {
  readonly made: readonly MadePreview[];
  readonly problems: readonly PreviewProblem[];
  /** What a reader should know though nothing failed: sentences. */
  readonly notes: readonly string[];
}
