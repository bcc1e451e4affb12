import type { DatasetName } from '../../hst/dataset-name.ts';
import type { FileFacts } from './file-facts.ts';
import type { FileFactsCache } from './file-facts-cache.ts';
import type { FileIndex } from './file-index.ts';
import type { SeenFile } from './seen-file.ts';
import type { Verdict } from './verdict.ts';

/** When a dataset counts as complete. Times are milliseconds. */
export interface Patience {
  /** A file that looked the same for this long is not being written any more. */
  readonly stable: number;
  /** What may be part of something larger is left alone for this long after its last change. */
  readonly quiet: number;
  /** Only what has a marker `<id>.ready` is taken. */
  readonly markers: boolean;
}

/** What judging takes. */
export interface Evaluation {
  readonly index: FileIndex;
  readonly facts: FileFactsCache;
  readonly patience: Patience;
  readonly now: number;
  /** Whether an association that is there names this exposure. */
  readonly isMember: (root: string) => boolean;
  readonly signal: AbortSignal;
}

/** The judging of one dataset. */
export interface Judging extends Evaluation {
  readonly dataset: DatasetName;
  /** The file that says what the dataset is made of. */
  readonly seat: SeenFile;
  readonly marker: SeenFile | undefined;
}

/** The dataset is not complete yet. */
export function waiting(
  { seat }: Judging,
  why: Omit<Extract<Verdict, { readonly status: 'waiting' }>, 'status' | 'place'>,
): Verdict {
  return { status: 'waiting', place: seat.folder, ...why };
}

/** A file of it is not whole, or cannot be read: that may pass without a change of the file. */
export function bad(
  facts: Extract<FileFacts, { readonly status: 'bad' }>,
  judging: Judging,
): Verdict {
  const again = facts.lasting ? {} : { again: judging.now + judging.patience.stable };
  const code = facts.lasting ? 'FILE_DAMAGED' : 'FILE_UNREADABLE';
  return waiting(judging, { code, reason: facts.reason, ...again });
}
