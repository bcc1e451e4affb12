import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Verdict } from './verdict.ts';

/** What is known of a dataset in a drop folder. */
export interface DatasetEntry {
  readonly dataset: DatasetName;
  verdict: Verdict | undefined;
  /** Which version of its files was given out last. */
  given: string | undefined;
  /** Given out and not settled yet: a new version has to wait for that. */
  busy: boolean;
  /** When the version that was given out is to be given out once more, on the clock that never goes back. */
  againAt: number | undefined;
  /** Before this it is not given out, on the same clock. */
  quietUntil: number;
  failures: number;
  /** Since when it has been incomplete, milliseconds since 1970. */
  waitingSince: number | undefined;
  /** Whether it was told that it has been incomplete for too long. */
  reported: boolean;
}

/** A dataset of which a file was seen for the first time. */
export function newEntry(dataset: DatasetName): DatasetEntry {
  return {
    dataset,
    verdict: undefined,
    given: undefined,
    busy: false,
    againAt: undefined,
    quietUntil: 0,
    failures: 0,
    waitingSince: undefined,
    reported: false,
  };
}
