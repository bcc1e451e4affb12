import type { ObservableInput } from 'rxjs';
import type { DatasetRequest, Outcome, Rejected, Skipped } from '../streams/events.ts';

/** A source has nothing more and never will. */
export interface Done {
  readonly status: 'done';
}

/** What a source answers when it is asked for the next dataset. */
export type SourceItem = DatasetRequest | Rejected | Skipped | Done;

/**
 * Where datasets come from. A source pushes nothing: it is asked for the next dataset when there is a place for it,
 * and answers with one item, when it has one, or with `done`.
 */
export interface DatasetSource {
  /** For people: `ids.txt`, `file:/drop`. */
  readonly name: string;
  /**
   * Exactly one item. Never asked again before it has answered, nor after `done`.
   * An error means that the source itself is broken (an unreadable list), never that one dataset is.
   */
  next(options: { readonly signal: AbortSignal }): ObservableInput<SourceItem>;
  /** Told what became of an item that it gave out, for sources that have to know. It must not throw. */
  settled?(outcome: Outcome): void;
}
