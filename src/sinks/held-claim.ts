import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store, TransferOptions } from '../stores/store.ts';
import { formatErrorMessage, type Failure } from './error-message.ts';
import type { Layout, MessageState } from './layout.ts';
import { formatLease, leaseIn, type Lease } from './lease.ts';
import type { Claim, SettledState } from './message-tree.ts';

interface HeldClaimOptions {
  readonly store: Store;
  readonly layout: Layout;
  readonly clock: Clock;
  /** Milliseconds without a heartbeat after which others may take over. */
  readonly ttl: number;
  readonly former: SettledState;
}

/** Heartbeats in a time to live: several may fail before anybody else takes over. */
const beatsPerTtl = 5;

/** The states apart from `processing`, in the order in which their messages are removed. */
export const settledStates = [
  'error',
  'processed',
  'synced',
  'archived',
] as const satisfies readonly MessageState[];

/** A claim on a dataset whose lease lies in a store. Its heartbeat does not keep the process alive. */
export class HeldClaim implements Claim {
  readonly dataset: DatasetName;
  readonly attempt: number;
  readonly former: SettledState;
  readonly lost: AbortSignal;
  readonly #options: HeldClaimOptions;
  readonly #lease: Lease;
  readonly #lostControl = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #beaten: number;
  /** The call that works on the lease; the next one waits for it, so that no late heartbeat brings a removed lease back. */
  #last: Promise<unknown> = Promise.resolve();
  #beating = false;
  #leaving = false;

  constructor(dataset: DatasetName, lease: Lease, options: HeldClaimOptions) {
    this.dataset = dataset;
    this.attempt = lease.attempt;
    this.former = options.former;
    this.lost = this.#lostControl.signal;
    this.#options = options;
    this.#lease = lease;
    this.#beaten = options.clock.now().getTime();
    this.#timer = setInterval(() => {
      this.#beat();
    }, options.ttl / beatsPerTtl).unref();
  }

  async processed(body: string, options?: TransferOptions): Promise<void> {
    await this.#settle('processed', body, options);
  }

  async failed(failure: Failure, options?: TransferOptions): Promise<void> {
    const { dataset, attempt } = this;
    const when = this.#options.clock.now().toISOString();
    const message = { ...failure, dataset: dataset.id, attempt, when };
    await this.#settle('error', formatErrorMessage(message), options);
  }

  async release(options?: TransferOptions): Promise<void> {
    await this.#alone(async () => {
      if (await this.#isMine(options)) await this.#leave(options);
      else this.#stop();
    });
  }

  abandon(): void {
    this.#stop();
  }

  async #settle(
    state: 'processed' | 'error',
    body: string,
    options: TransferOptions | undefined,
  ): Promise<void> {
    const { store, layout } = this.#options;
    const { id } = this.dataset;
    await this.#alone(async () => {
      if (!(await this.#isMine(options))) {
        // Only the removal of the lease was left to do, and its answer was lost.
        if (this.#leaving) return;
        throw this.#lose();
      }
      await store.write(layout.messageKey(state, id), body, options);
      for (const other of settledStates) {
        if (other !== state) await store.remove(layout.messageKey(other, id), options);
      }
      for (const key of layout.requestKeys(id)) await store.remove(key, options);
      await this.#leave(options);
    });
  }

  async #leave(options: TransferOptions | undefined): Promise<void> {
    const { store, layout } = this.#options;
    this.#leaving = true;
    await store.remove(layout.messageKey('processing', this.dataset.id), options);
    this.#stop();
  }

  async #isMine(options: TransferOptions | undefined): Promise<boolean> {
    const { store, layout } = this.#options;
    const body = await store.read(layout.messageKey('processing', this.dataset.id), options);
    return leaseIn(body)?.nonce === this.#lease.nonce;
  }

  async #alone<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    // A failure is the caller's; the next call only waits until this one is over.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #beat(): void {
    if (this.#beating) return;
    this.#beating = true;
    void this.#alone(async () => {
      try {
        await this.#renew();
      } catch {
        // Any error of the store: the next heartbeat may get through. If none does in time, others may take over.
        const silent = this.#options.clock.now().getTime() - this.#beaten;
        if (silent > this.#options.ttl) this.#lose();
      } finally {
        this.#beating = false;
      }
    });
  }

  async #renew(): Promise<void> {
    if (this.#leaving || this.lost.aborted) return;
    if (!(await this.#isMine(undefined))) {
      this.#lose();
      return;
    }
    const { store, layout, clock } = this.#options;
    const now = clock.now();
    const lease = { ...this.#lease, heartbeat: now.toISOString() };
    await store.write(layout.messageKey('processing', this.dataset.id), formatLease(lease));
    this.#beaten = now.getTime();
  }

  #lose(): CaldpError {
    this.#stop();
    const { id } = this.dataset;
    const error = new CaldpError(
      `The claim on \`${id}\` was lost: another process has taken over, or no heartbeat could be written in time.`,
      {
        code: 'CLAIM_LOST',
        advice: 'Nothing is lost; whoever holds the claim now processes the dataset.',
      },
    );
    this.#lostControl.abort(error);
    return error;
  }

  #stop(): void {
    clearInterval(this.#timer);
  }
}
