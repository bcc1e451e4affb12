import type { Observable } from 'rxjs';
import type { SourceProblem } from './source-problem.ts';

/** A dataset that a source has seen something of, and that cannot be processed yet. */
export interface WaitingDataset {
  readonly id: string;
  /** Where its files are, for people. */
  readonly place: string;
  /** Since when it has been incomplete. */
  readonly since: Date;
  /** Stable, for programs: `MEMBER_MISSING`. */
  readonly code: string;
  /** What is missing, as a sentence. */
  readonly reason: string;
}

/** How a source that goes on for ever is. */
export interface SourceHealth {
  /** When it last looked at everything that it has to look at, if ever. */
  readonly scannedAt: Date | undefined;
  /** Milliseconds between two looks when nothing happens. */
  readonly interval: number;
  /**
   * Whether it is getting on although its last whole look may be long ago: it is in the middle of a look at very much, or its datasets
   * wait for a place in the stream. Left out by sources whose looks are short.
   */
  readonly busy?: boolean;
  /** What keeps it from seeing everything at present. */
  readonly problems: readonly (SourceProblem & { readonly since: Date })[];
  /** Whether one of them keeps it from seeing anything at all. */
  readonly blind: boolean;
  /** Numbers worth showing, by name: `files`, `folders`, `waiting`, `ready`. */
  readonly counts: Readonly<Record<string, number>>;
  /** How it learns of changes, for people: `events`, `poll`. */
  readonly mode: string;
}

/** What a source tells while it runs. Times are milliseconds since 1970. */
export type SourceReport =
  | { readonly kind: 'degraded'; readonly at: number; readonly problem: SourceProblem }
  | { readonly kind: 'recovered'; readonly at: number; readonly problem: SourceProblem }
  /** Told once when a dataset has been incomplete for too long. It is not given up. */
  | { readonly kind: 'waiting'; readonly at: number; readonly waiting: WaitingDataset };

/** A source that goes on for ever and can be asked how it is. */
export interface ObservableSource {
  readonly reports: Observable<SourceReport>;
  health(): SourceHealth;
  /** What is incomplete, the longest waiting first. */
  waiting(): readonly WaitingDataset[];
}
