import type { DatasetName } from '../hst/dataset-name.ts';
import type { TransferOptions } from '../stores/store.ts';
import type { ErrorMessage, Failure } from './error-message.ts';
import type { Lease } from './lease.ts';

/** What the messages of a dataset say, apart from a lease. */
export type SettledState =
  | { readonly status: 'none' }
  | { readonly status: 'processed' | 'synced' | 'archived'; readonly since: Date }
  /** `problem` says why the message cannot be read; then there is no `error`. */
  | {
      readonly status: 'error';
      readonly since: Date;
      readonly error?: ErrorMessage;
      readonly problem?: string;
    };

/** What the messages of a dataset say. */
export type DatasetState =
  | SettledState
  | {
      readonly status: 'processing';
      /** Time of the last heartbeat. */
      readonly since: Date;
      /** True when the holder is gone: the dataset is free to be claimed. */
      readonly stale: boolean;
      readonly lease?: Lease;
      /** Why the lease cannot be read; then there is no `lease`. */
      readonly problem?: string;
      /** What the other messages say. */
      readonly former: SettledState;
    };

/** The answer to a claim. */
export type ClaimAnswer =
  | { readonly status: 'claimed'; readonly claim: Claim }
  /** `holder` is for people: `held by process 4711 on crab since 2026-11-22T08:00:00.000Z, attempt 2`. */
  | { readonly status: 'held'; readonly holder: string };

/** The right to work on one dataset, kept alive by heartbeats until one of the three ways to end it. */
export interface Claim {
  readonly dataset: DatasetName;
  /** 1 for the first attempt; one more than the last one known. */
  readonly attempt: number;
  /** What the messages said before: `processed`, `synced` and `archived` mean that the data tree is complete. */
  readonly former: SettledState;
  /** Aborts when the claim has passed to another process or could not be kept alive: stop working. */
  readonly lost: AbortSignal;
  /**
   * Writes `dataset-processed`, then removes the former states, then the lease. Call it after the data are published;
   * call it again when it failed. `body` is `Published.announcement`.
   *
   * @throws CaldpError `CLAIM_LOST` when another process has taken over.
   */
  processed(body: string, options?: TransferOptions): Promise<void>;
  /** Writes `dataset-error`, then removes the former states, then the lease; otherwise as `processed`. */
  failed(failure: Failure, options?: TransferOptions): Promise<void>;
  /** Removes the lease and leaves the former states: for a dataset that was not worked on, and for shutdown. */
  release(options?: TransferOptions): Promise<void>;
  /**
   * Ends the heartbeats and touches nothing else: for when none of the three ways could be gone because the store does not
   * answer. Others may take over when the time of the lease is up.
   */
  abandon(): void;
}

/** The messages of datasets: which are worked on, done or failed. */
export interface MessageTree {
  /** `attempt` is the last attempt known from elsewhere (a manifest). */
  claim(
    dataset: DatasetName,
    options?: TransferOptions & { readonly attempt?: number },
  ): Promise<ClaimAnswer>;
  state(dataset: DatasetName, options?: TransferOptions): Promise<DatasetState>;
  /** Every dataset that has a message, in the order of ids. Files that name no dataset are left out. */
  list(
    options?: TransferOptions,
  ): AsyncIterable<{ readonly dataset: DatasetName; readonly state: DatasetState }>;
  /**
   * Clears what processes that died while they wrote messages left behind, one line each for people. To be called before work starts;
   * what living processes are working on is left alone.
   */
  sweep(options?: TransferOptions): Promise<readonly string[]>;
}
