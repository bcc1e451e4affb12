import type { FileDigest } from '../ports/file-digest.ts';
import type { Association } from '../hst/association.ts';
import type { DatasetName } from '../hst/dataset-name.ts';

/** What was brought into a work directory for one dataset. */
export interface BroughtInputs {
  /** The files now in the work directory, digests of the copies. */
  readonly files: readonly FileDigest[];
  /** What they were made from (the same files, or one tarball): equal to what `identify` answers while nothing changes. */
  readonly sources: readonly FileDigest[];
  /** Names of files that lay beside them and look like the dataset's but were not taken. */
  readonly ignored: readonly string[];
  /** The association, where the dataset is one. */
  readonly association?: Association;
}

/** Where the files of datasets come from. Inputs are only read. */
export interface DatasetInputs {
  /** For people: `file:/data/raw`, `s3://bucket/prefix`. */
  readonly uri: string;
  /** Digests of what the dataset would be made from, without copying. Reads every byte; holds 1 MiB. */
  identify(
    dataset: DatasetName,
    options: { readonly signal: AbortSignal },
  ): Promise<readonly FileDigest[]>;
  /** Copies exactly the dataset's files into an empty folder. */
  bring(
    dataset: DatasetName,
    options: { readonly folder: string; readonly signal: AbortSignal },
  ): Promise<BroughtInputs>;
}
