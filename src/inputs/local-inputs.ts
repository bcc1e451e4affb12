import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { DatasetInputs } from './dataset-inputs.ts';
import type { FolderListing } from './folder-listing.ts';

/** What inputs on this machine are read with. */
export interface LocalInputsOptions {
  readonly fileSystem: FileSystem;
  /** What is remembered of the input folder. Default: it is listed each time. */
  readonly listings?: FolderListing;
}

/** Inputs that can tell cheaply whether they have a dataset. */
export interface LocalInputs extends DatasetInputs {
  /** Whether there is an association table, raw file, poller file or tarball of the dataset; it is not read. */
  has(dataset: DatasetName): Promise<boolean>;
}
