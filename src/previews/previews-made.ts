import type { CaldpError } from '../errors/caldp-error.ts';
import type { MadePreview } from './jobs/preview-job.ts';

/** A preview that was not made. */
export interface PreviewFailure {
  /** The products that it would have shown. */
  readonly sources: readonly string[];
  /** The file that was not made; undefined where all previews of the product were not. */
  readonly path: string | undefined;
  readonly error: CaldpError;
}

/** What became of the previews of a dataset or a file. */
export interface PreviewsMade {
  /** In order of their paths. */
  readonly made: readonly MadePreview[];
  readonly failures: readonly PreviewFailure[];
  /** What a reader should know though nothing failed: sentences. */
  readonly notes: readonly string[];
}
