import nodeFileSystem from 'node:fs/promises';
import { Subject } from 'rxjs';
import { CaldpError } from '../errors/caldp-error.ts';
import { DatasetNameError } from '../hst/dataset-name-error.ts';
import { parseDatasetName, type DatasetName } from '../hst/dataset-name.ts';
import type { DatasetInputs } from '../inputs/dataset-inputs.ts';
import { s3Inputs } from '../inputs/s3-inputs.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { reachBucket, type Bucket, type S3Place } from '../stores/s3/bucket.ts';
import { probeBucket } from '../stores/s3/probe-bucket.ts';
import type { S3Options } from '../stores/s3/s3-options.ts';
import type { Outcome } from '../streams/events.ts';
import type { DatasetSource, SourceItem } from './dataset-source.ts';
import { assess, type Assessment } from './s3/assess.ts';
import { associationOf } from './s3/association-of.ts';
import { combined, fingerprint } from './s3/fingerprint.ts';
import { ListingMemory } from './s3/listing-memory.ts';
import { groupOf, isInput, rootGroups, type GroupStart, type RootGroup } from './s3/root-groups.ts';
import { submissions } from './s3/submitted.ts';
import { WaitingList } from './s3/waiting-list.ts';
import type {
  ObservableSource,
  SourceHealth,
  SourceReport,
  WaitingDataset,
} from './source-health.ts';
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
  /** For which the youngest object of a dataset must have been there. Default 30 s. */
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
 * A dataset that another process holds is offered again later, so that nothing is lost when that process dies. Trouble with S3 is
 * told in `health` and waited out; only credentials, permissions or a bucket that are wrong from the beginning end the source.
 * Remembers a number for each root name in the bucket, and the page at hand.
 */
export function s3Listing(bucket: Bucket, options: S3ListingOptions = {}): S3Listing {
  return new Listing(bucket, options);
}

class Listing implements S3Listing {
  readonly name: string;
  readonly inputs: DatasetInputs;
  readonly reports = new Subject<SourceReport>();
  readonly #bucket: Bucket;
  /** Where the raw files are. */
  readonly #objects: Bucket;
  readonly #options: Required<S3ListingOptions>;
  readonly #memory = new ListingMemory();
  readonly #waiting: WaitingList;
  readonly #problems = new ProblemLog();
  readonly #wake = new Wake();
  /** Given out and not settled; at most as many as may be in flight. */
  readonly #out = new Map<string, DatasetName>();
  /** Held by others: when to offer them again. */
  readonly #held = new Map<string, { readonly dataset: DatasetName; readonly due: number }>();
  #items: AsyncGenerator<SourceItem, undefined> | undefined;
  #scannedAt: Date | undefined;
  #askedAt = 0;
  #given = 0;
  #fresh = 0;

  constructor(bucket: Bucket, options: S3ListingOptions) {
    this.name = bucket.uri;
    this.#bucket = bucket;
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
    this.#objects = this.#options.layout === 'calcloud' ? below : bucket;
    this.inputs = s3Inputs(this.#objects, this.#options);
    this.#waiting = new WaitingList(this.#options);
  }

  async next({ signal }: { readonly signal: AbortSignal }): Promise<SourceItem> {
    this.#items ??= this.#scans(signal);
    const { value } = await this.#items.next();
    return value ?? { status: 'done' };
  }

  settled(outcome: Outcome): void {
    if (!('dataset' in outcome)) return;
    const { dataset } = outcome;
    this.#out.delete(dataset.id);
    if (outcome.status === 'skipped' && outcome.because === 'held') {
      this.#held.set(dataset.id, { dataset, due: performance.now() + this.#options.interval });
    }
  }

  waiting(): readonly WaitingDataset[] {
    return this.#waiting.all;
  }

  health(): SourceHealth {
    const { interval } = this.#options;
    return {
      scannedAt: this.#scannedAt,
      interval,
      problems: this.#problems.present,
      counts: { roots: this.#memory.size, waiting: this.#waiting.size, held: this.#held.size },
      // A bucket that cannot be listed shows nothing of what is new.
      blind: this.#problems.present.length > 0,
      mode: 'poll',
    };
  }

  async *#scans(signal: AbortSignal): AsyncGenerator<SourceItem, undefined> {
    for (;;) {
      const begun = performance.now();
      [this.#given, this.#fresh] = [0, 0];
      const whole = yield* this.#scan(signal);
      if (whole && this.#isDone()) return undefined;
      const rest = begun + this.#options.interval - performance.now();
      await this.#wake.wait({ most: Math.max(rest, this.#options.interval / 20), signal });
    }
  }

  /** One look at everything; false when it was cut off. */
  async *#scan(signal: AbortSignal): AsyncGenerator<SourceItem, boolean> {
    try {
      yield* this.#askedFor(signal);
      for await (const group of rootGroups(this.#objects, { signal })) {
        yield* this.#consider(group, signal);
        if (performance.now() - this.#askedAt > this.#options.interval)
          yield* this.#askedFor(signal);
      }
      yield* this.#lookAgain(signal);
    } catch (error) {
      this.#endure(error, signal);
      return false;
    }
    this.#memory.endScan();
    this.#scannedAt = this.#options.clock.now();
    this.#report([]);
    return true;
  }

  /** What need not wait for its turn in the listing: messages, and datasets that others held. */
  async *#askedFor(signal: AbortSignal): AsyncGenerator<SourceItem> {
    this.#askedAt = performance.now();
    for (const [id, { dataset, due }] of this.#held) {
      if (due > this.#askedAt) continue;
      this.#held.delete(id);
      yield* this.#give(dataset, 'held before');
    }
    const { layout } = this.#options;
    for await (const message of submissions(this.#bucket, { layout, signal })) {
      if (this.#memory.knows(message.key, message.fingerprint)) continue;
      const origin = `${this.name}/${message.key}`;
      const dataset = readName(message.text);
      if (dataset instanceof DatasetNameError) {
        this.#memory.remember(message.key, message.fingerprint);
        yield rejected(message.text, { origin, error: dataset });
      } else if (!this.#out.has(dataset.id)) {
        this.#memory.remember(message.key, message.fingerprint);
        yield* this.#give(dataset, origin);
      }
    }
  }

  async *#consider(group: RootGroup, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const { name, start } = group;
    if (this.#memory.knows(name, group.fingerprint)) return;
    if (start.kind === 'none') {
      this.#memory.remember(name, group.fingerprint);
    } else if (start.kind === 'refused') {
      this.#memory.remember(name, group.fingerprint);
      yield rejected(start.text, { origin: `${this.#objects.uri}/${name}`, error: start.error });
    } else {
      const dataset = await this.#datasetOf(start, signal);
      if (this.#out.has(dataset.id)) return;
      const judged = yield* this.#judge(dataset, signal);
      if (judged) this.#memory.remember(name, group.fingerprint);
    }
  }

  async #datasetOf(
    start: GroupStart & { readonly kind: 'dataset' | 'exposure' },
    signal: AbortSignal,
  ): Promise<DatasetName> {
    if (start.kind === 'dataset') return start.dataset;
    const association = await associationOf(start.raw, { bucket: this.#objects, signal });
    return association ?? start.dataset;
  }

  /** Gives a dataset out if it is complete; false when it has to be looked at again although nothing changed. */
  async *#judge(dataset: DatasetName, signal: AbortSignal): AsyncGenerator<SourceItem, boolean> {
    const now = this.#options.clock.now().getTime();
    const context = { ...this.#options, bucket: this.#objects, signal, now };
    const verdict = await assess(dataset, context);
    switch (verdict.status) {
      case 'fresh':
        this.#fresh += 1;
        return false;
      case 'incomplete': {
        const place = this.#objects.uri;
        this.#waiting.add(dataset, { ...verdict, place, at: now, now: performance.now() });
        return true;
      }
      case 'complete':
        this.#rememberGroups(verdict);
        break;
      case 'broken':
        break;
    }
    this.#waiting.remove(dataset);
    yield* this.#give(dataset, this.#objects.uri);
    return true;
  }

  /** The groups of a dataset that is given out, as a scan sees them, so that its other members do not lead to it again. */
  #rememberGroups({ names, objects }: Assessment & { readonly status: 'complete' }): void {
    const own = new Set(names.map(groupOf));
    const groups = new Map<string, number>();
    for (const object of objects) {
      const name = groupOf(object.key);
      if (!own.has(name) || !isInput(object)) continue;
      groups.set(name, combined(groups.get(name) ?? 0, fingerprint(object)));
    }
    for (const [name, value] of groups) this.#memory.remember(name, value);
  }

  /** Incomplete datasets whose missing objects may have come under names that do not lead to them. */
  async *#lookAgain(signal: AbortSignal): AsyncGenerator<SourceItem> {
    for (const dataset of this.#waiting.due(performance.now())) {
      if (!this.#out.has(dataset.id)) yield* this.#judge(dataset, signal);
    }
    const at = this.#options.clock.now().getTime();
    for (const waiting of this.#waiting.overdue(at - this.#options.incompleteAfter)) {
      this.reports.next({ kind: 'waiting', at, waiting });
    }
  }

  *#give(dataset: DatasetName, origin: string): Generator<SourceItem> {
    if (this.#out.has(dataset.id)) return;
    this.#given += 1;
    this.#out.set(dataset.id, dataset);
    yield { status: 'requested', dataset, origin };
  }

  #endure(error: unknown, signal: AbortSignal): void {
    signal.throwIfAborted();
    this.#memory.breakScan();
    if (!(error instanceof CaldpError)) throw error;
    const isFirst = this.#scannedAt === undefined;
    if (isFirst && error.retry === 'never') throw error;
    const { code, message, advice } = error;
    this.#report([{ code, subject: this.name, message, advice }]);
  }

  #report(problems: Parameters<ProblemLog['update']>[0]): void {
    const at = this.#options.clock.now().getTime();
    for (const report of this.#problems.update(problems, { at })) this.reports.next(report);
  }

  #isDone(): boolean {
    switch (this.#options.until) {
      case 'stopped':
        return false;
      case 'once':
        return true;
      case 'idle':
        return this.#given + this.#fresh + this.#out.size + this.#held.size === 0;
    }
  }
}

function readName(text: string): DatasetName | DatasetNameError {
  try {
    return parseDatasetName(text);
  } catch (error) {
    if (error instanceof DatasetNameError) return error;
    throw error;
  }
}

function rejected(
  text: string,
  { origin, error }: { readonly origin: string; readonly error: DatasetNameError },
): SourceItem {
  return {
    status: 'rejected',
    text: text.slice(0, 80),
    origin,
    error: new CaldpError(`${origin}: ${error.message}`, {
      code: 'NAME_INVALID',
      advice: 'Rename the object, or remove it from the bucket.',
      exit: 'CMDLINE_ERROR',
      cause: error,
    }),
  };
}
