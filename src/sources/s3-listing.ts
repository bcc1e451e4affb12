import nodeFileSystem from 'node:fs/promises';
import { Subject } from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { s3Inputs } from '../inputs/s3-inputs.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { reachBucket, type Bucket, type S3Place } from '../stores/s3/bucket.ts';
import { probeBucket } from '../stores/s3/probe-bucket.ts';
import type { S3Options } from '../stores/s3/s3-options.ts';
import type { Outcome } from '../streams/events.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import { BucketScan } from './s3/bucket-scan.ts';
import type {
  ObservableSource,
  SourceHealth,
  SourceReport,
  WaitingDataset,
} from './source-health.ts';
import type { SourceProblem } from './source-problem.ts';
import { ProblemLog } from './watch/problem-log.ts';
import { Wake } from './watch/wake.ts';

/** How a bucket is polled. All times are milliseconds. */
export interface S3ListingOptions {
  /**
   * `tree` (default): raw files and tarballs at the top or in `<id>/`, messages that ask for a dataset in
   * `messages/dataset-submitted/<id>`. `calcloud`: both below `inputs/`, messages `messages/submit-<id>` and `placed-<id>`.
   */
  readonly layout?: 'tree' | 'calcloud';
  /** From the beginning of one look to that of the next. Default 30 s. */
  readonly interval?: number;
  /**
   * For which the youngest object of a single exposure must have been there, because more of its visit may come. Default 30 s. What is
   * known to be whole (associations, mosaics, tarballs) waits for half an interval, what a message asks for waits for nothing.
   */
  readonly quiet?: number;
  /** After which an incomplete dataset is reported. Default 1 hour. */
  readonly incompleteAfter?: number;
  /** When the source is done: never (default), after one look at everything, or when a look finds nothing more to do. */
  readonly until?: 'stopped' | 'once' | 'idle';
  readonly fileSystem?: FileSystem;
  readonly clock?: Clock;
}

/** A bucket as a source, and as the place where the files of its datasets are. */
export interface S3Listing extends DatasetSource, ObservableSource {
  readonly inputs: DatasetInputs;
}

/**
 * Opens a bucket, or a prefix of one, as a source, and looks whether it can be reached.
 *
 * @throws CaldpError with exit 26: `S3_CREDENTIALS`, `S3_BUCKET_MISSING`, `S3_REGION`, `STORE_DENIED`, `S3_UNREACHABLE`.
 */
export async function openS3Listing(
  place: S3Place,
  options: S3ListingOptions & S3Options & { readonly signal?: AbortSignal } = {},
): Promise<S3Listing> {
  const bucket = reachBucket(place, { ...options, role: 'input' });
  await probeBucket(bucket, options);
  return s3Listing(bucket, options);
}

/**
 * Polls a bucket: gives out each dataset whose objects are all there, each that a message asks for, and each again when its objects
 * changed after it was settled. Goes through the whole listing each time, page by page as it is asked, because keys come in the order
 * of their names and not of their age. An exposure whose header names an association waits for that one's table.
 *
 * A dataset that another process holds is offered again later, so that nothing is lost when that process dies, and so is one that
 * failed for a reason that may pass. A message is removed when what it asked for is done with. Trouble with S3 is told in `health`
 * and waited out; only credentials, permissions or a bucket that are wrong from the beginning end the source.
 * Remembers a number for each root name in the bucket, and the page at hand.
 */
export function s3Listing(bucket: Bucket, options: S3ListingOptions = {}): S3Listing {
  return new Listing(bucket, options);
}

class Listing implements S3Listing {
  readonly name: string;
  readonly inputs: DatasetInputs;
  readonly reports = new Subject<SourceReport>();
  readonly #options: Required<S3ListingOptions>;
  readonly #scan: BucketScan;
  readonly #problems = new ProblemLog();
  readonly #wake = new Wake();
  #items: AsyncGenerator<SourceItem, undefined> | undefined;
  #scannedAt: Date | undefined;
  /** `left`: in the middle of a look, until somebody asks. */
  #state: 'resting' | 'looking' | 'left' = 'resting';
  #blind = false;

  constructor(bucket: Bucket, options: S3ListingOptions) {
    this.name = bucket.uri;
    this.#options = {
      layout: 'tree',
      interval: 30_000,
      incompleteAfter: 3_600_000,
      until: 'stopped',
      fileSystem: nodeFileSystem,
      clock: systemClock,
      ...options,
      quiet: options.until === 'once' ? 0 : (options.quiet ?? 30_000),
    };
    const { prefix, uri } = bucket;
    const below = { ...bucket, prefix: `${prefix}inputs/`, uri: `${uri}/inputs` };
    const objects = this.#options.layout === 'calcloud' ? below : bucket;
    this.inputs = s3Inputs(objects, this.#options);
    this.#scan = new BucketScan({ bucket, objects }, this.#options);
  }

  async next({ signal }: { readonly signal: AbortSignal }): Promise<SourceItem> {
    this.#items ??= this.#scans(signal);
    if (this.#state === 'left') {
      this.#scan.movedAt = performance.now();
      this.#state = 'looking';
    }
    const { value } = await this.#items.next();
    this.#state = 'left';
    return value ?? { status: 'done' };
  }

  settled(outcome: Outcome): void {
    if (outcome.status === 'rejected') return;
    const { dataset } = outcome;
    if (this.#scan.offers.settle(outcome, performance.now())) this.#scan.done(dataset);
  }

  waiting(): readonly WaitingDataset[] {
    return this.#scan.waiting.all;
  }

  health(): SourceHealth {
    const { offers, memory, waiting } = this.#scan;
    const { held, failed } = offers;
    return {
      scannedAt: this.#scannedAt,
      interval: this.#options.interval,
      busy: this.#isBusy,
      problems: this.#problems.present,
      counts: { roots: memory.size, waiting: waiting.size, held, failed },
      // A bucket that cannot be listed shows nothing of what is new.
      blind: this.#blind,
      mode: 'poll',
    };
  }

  /** A look at a million keys takes longer than an interval, and one that nobody asks to go on rests where it is. */
  get #isBusy(): boolean {
    const still = performance.now() - this.#scan.movedAt;
    return this.#state === 'left' || (this.#state === 'looking' && still < this.#options.interval);
  }

  async *#scans(signal: AbortSignal): AsyncGenerator<SourceItem, undefined> {
    for (;;) {
      const begun = performance.now();
      this.#state = 'looking';
      const whole = yield* this.#look(signal);
      this.#state = 'resting';
      if (whole && this.#isDone()) return undefined;
      const rest = begun + this.#options.interval - performance.now();
      await this.#wake.wait({ most: Math.max(rest, this.#options.interval / 20), signal });
    }
  }

  /** One look at everything; false when it was cut off. */
  async *#look(signal: AbortSignal): AsyncGenerator<SourceItem, boolean> {
    try {
      yield* this.#scan.look(signal);
    } catch (error) {
      this.#endure(error, signal);
      return false;
    }
    this.#scannedAt = this.#options.clock.now();
    this.#blind = false;
    this.#report(this.#scan.problems);
    return true;
  }

  #endure(error: unknown, signal: AbortSignal): void {
    signal.throwIfAborted();
    this.#scan.memory.breakScan();
    if (!(error instanceof CaldpError)) throw error;
    const isFirst = this.#scannedAt === undefined;
    if (isFirst && error.retry === 'never') throw error;
    const { code, message, advice } = error;
    this.#blind = true;
    this.#report([{ code, subject: this.name, message, advice }]);
  }

  #report(problems: readonly SourceProblem[]): void {
    const at = this.#options.clock.now().getTime();
    for (const report of this.#problems.update(problems, { at })) this.reports.next(report);
    for (const waiting of this.#scan.waiting.overdue(at - this.#options.incompleteAfter)) {
      this.reports.next({ kind: 'waiting', at, waiting });
    }
  }

  #isDone(): boolean {
    switch (this.#options.until) {
      case 'stopped':
        return false;
      case 'once':
        return true;
      case 'idle':
        return !this.#scan.isActive;
    }
  }
}
