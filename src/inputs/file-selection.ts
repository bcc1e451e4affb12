import type { Association } from '../hst/association.ts';

/** Which files of a folder a dataset is made of. */
export interface FileSelection {
  /** Sorted. */
  readonly names: readonly string[];
  /** Files that look like the dataset's (same visit, or its mosaic's) but are not taken, sorted. */
  readonly ignored: readonly string[];
  readonly association?: Association;
}

/** A look at the files of one folder. */
export interface Listing {
  /** For people and for messages: a folder, or a tarball. */
  readonly place: string;
  readonly names: ReadonlySet<string>;
}
