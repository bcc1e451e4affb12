import type { FileDigest } from '../ports/file-digest.ts';

/** What decides whether a dataset must be processed again. */
export interface Situation {
  readonly inputs: readonly FileDigest[];
  /** The CRDS context, null where no reference is assigned. */
  readonly context: string | null;
  /** Version by program name. */
  readonly programs: Readonly<Record<string, string>>;
  /** What the user chose that changes products, by option name. */
  readonly configuration: Readonly<Record<string, string>>;
}
