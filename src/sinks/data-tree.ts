import type { DatasetName } from '../hst/dataset-name.ts';
import type { TransferOptions } from '../stores/store.ts';
import type { Manifest } from './manifest.ts';
import type { Situation } from './resume-key.ts';
import type { FileDigest } from '../ports/file-digest.ts';

/** A dataset that is ready to be published. All paths are local files; each is published under its own base name. */
export interface Publication {
  readonly science: readonly string[];
  readonly logs: readonly string[];
  readonly previews: readonly string[];
  /** Files for `env/`. */
  readonly environment: readonly string[];
  /** What the dataset was made from; its resume key goes into the manifest. */
  readonly situation: Situation;
  readonly references: readonly FileDigest[];
  readonly attempt: number;
  readonly threads: number;
  readonly started: Date;
  /** A folder for the manifest and the tarball while they are made; it must exist and be this attempt's own. */
  readonly scratch: string;
}

/** What publishing made. */
export interface Published {
  readonly manifest: Manifest;
  /** The body of the `processed` message. */
  readonly announcement: string;
}

/** The published datasets. */
export interface DataTree {
  /** Where a dataset is, for people: `file:/archive/data/acs/j8cb010b0`. */
  uri(dataset: DatasetName): string;
  /** Puts a dataset in place of the former one, as a whole. Holds a few pieces of files in memory. */
  publish(
    dataset: DatasetName,
    options: TransferOptions & { readonly publication: Publication },
  ): Promise<Published>;
  /**
   * The manifest of a published dataset, or undefined when there is none.
   *
   * @throws CaldpError `MANIFEST_UNREADABLE` when it is damaged.
   */
  manifest(dataset: DatasetName, options?: TransferOptions): Promise<Manifest | undefined>;
  /** The names of files that the manifest names and that are missing or have another size; empty when all is there. */
  missing(
    dataset: DatasetName,
    options: TransferOptions & { readonly manifest: Manifest },
  ): Promise<readonly string[]>;
  /**
   * Clears what processes that died while they published left behind, one line each for people. To be called before work starts;
   * what living processes are working on is left alone.
   */
  sweep(options?: TransferOptions): Promise<readonly string[]>;
}
