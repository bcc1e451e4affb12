import type { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { Association } from '../hst/association.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { WorkDirectory } from '../inputs/work-directory.ts';
import type { ProgramRun } from '../calibrators/program-run.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { Claim } from '../sinks/message-tree.ts';

/** The operators that a dataset passes, by the names under which failures and times are reported. */
export type Stage =
  | 'admit'
  | 'claim'
  | 'skip-finished'
  | 'stage'
  | 'assign-references'
  | 'calibrate'
  | 'preview'
  | 'publish'
  | 'acknowledge';

/** A dataset that somebody wants processed. */
export interface DatasetRequest {
  readonly status: 'requested';
  readonly dataset: DatasetName;
  /** Where the request came from, for people: `argument 2`, `ids.txt line 17`. */
  readonly origin: string;
}

/** A dataset that is ours to process: no other process works on it while the claim is held. */
export interface Claimed extends Omit<DatasetRequest, 'status'> {
  readonly status: 'claimed';
  readonly claim: Claim;
  /** What the user should know although nothing failed, in the order in which it was noticed. */
  readonly warnings: readonly Warning[];
}

/** A dataset whose inputs lie in a work directory of its own. */
export interface Staged extends Omit<Claimed, 'status'> {
  readonly status: 'staged';
  readonly work: WorkDirectory;
  readonly inputs: readonly FileDigest[];
  /** What the inputs were made from: the same files, or one tarball. */
  readonly sources: readonly FileDigest[];
  readonly association?: Association;
}

/** A dataset whose raw headers name the references that its calibration uses. */
export interface Referenced extends Omit<Staged, 'status'> {
  readonly status: 'referenced';
  /** The CRDS context they were chosen by, null where none were assigned. */
  readonly context: string | null;
  readonly references: readonly FileDigest[];
  /** Variables such as `jref` for the folders that they lie in; each value ends with `/`. */
  readonly referenceFolders: Readonly<Record<string, string>>;
}

/** A dataset whose products lie beside its inputs. */
export interface Calibrated extends Omit<Referenced, 'status'> {
  readonly status: 'calibrated';
  /** File names in the work directory. */
  readonly products: readonly string[];
  readonly runs: readonly ProgramRun[];
  /** Program name to version. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A dataset whose products are drawn, as far as they can be. */
export interface Previewed extends Omit<Calibrated, 'status'> {
  readonly status: 'previewed';
  /** Absolute paths of the pictures. */
  readonly previews: readonly string[];
  /** Why a preview is missing, where one is. */
  readonly previewFailure?: CaldpError;
}

/** A dataset whose products are in the data tree. */
export interface Published extends Omit<Previewed, 'status'> {
  readonly status: 'published';
  /** Where they are, for people: a URI. */
  readonly location: string;
  /** What the message that says so holds. */
  readonly announcement: string;
}

/** A dataset that nothing had to be done for: it is finished, held by another process, or was named before. */
export interface Skipped extends Omit<DatasetRequest, 'status'> {
  readonly status: 'skipped';
  readonly because: 'finished' | 'held' | 'repeated';
  readonly reason: string;
  readonly claim?: Claim;
}

/** A dataset that could not be processed. */
export interface Failed extends Omit<DatasetRequest, 'status'> {
  readonly status: 'failed';
  readonly stage: Stage;
  readonly error: CaldpError;
  readonly claim?: Claim;
  readonly work?: WorkDirectory;
}

/** A dataset that was given up because the run was told to stop; the next run takes it up again. */
export interface Interrupted extends Omit<DatasetRequest, 'status'> {
  readonly status: 'interrupted';
  readonly stage: Stage;
  readonly claim?: Claim;
  readonly work?: WorkDirectory;
}

/** Something a source was given that names no dataset. */
export interface Rejected {
  readonly status: 'rejected';
  /** As it was given, cut to a readable length. */
  readonly text: string;
  readonly origin: string;
  readonly error: CaldpError;
}

/** How a dataset can leave the stream before its end; later operators pass these on untouched. */
export type Settled = Skipped | Failed | Interrupted | Rejected;

/** How a dataset left the stream. */
export type Outcome = Published | Settled;

/** What an operator works on. */
export type InFlight =
  DatasetRequest | Claimed | Staged | Referenced | Calibrated | Previewed | Published;

/** Whether an event needs no further work. */
export function isSettled(event: InFlight | Settled): event is Settled {
  switch (event.status) {
    case 'skipped':
    case 'failed':
    case 'interrupted':
    case 'rejected':
      return true;
    default:
      return false;
  }
}
