import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { Bucket } from '../../stores/s3/bucket.ts';
import type { SourceItem } from '../dataset-source.ts';
import type { SourceProblem } from '../source-problem.ts';
import { assess, type Assessment } from './assess.ts';
import { associationOf } from './association-of.ts';
import { combined, fingerprint } from './fingerprint.ts';
import { ListingMemory } from './listing-memory.ts';
import { rejectedObject } from './rejected-object.ts';
import { Offers } from './offers.ts';
import { Requests } from './requests.ts';
import { groupOf, isInput, rootGroups, type GroupStart, type RootGroup } from './root-groups.ts';
import { WaitingList } from './waiting-list.ts';

/** What a scan works with. Times are milliseconds. */
export interface ScanOptions {
  readonly layout: 'tree' | 'calcloud';
  readonly interval: number;
  readonly quiet: number;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
}

/** What is looked at, and where: messages at the top, raw files in `objects`. */
interface Places {
  readonly bucket: Bucket;
  readonly objects: Bucket;
}

/** Looks through a bucket again and again, and remembers what of it was given out and what waits. */
export class BucketScan {
  readonly memory = new ListingMemory();
  readonly waiting: WaitingList;
  readonly offers: Offers;
  readonly #objects: Bucket;
  readonly #options: ScanOptions;
  readonly #requests: Requests;
  #askedAt = 0;
  #fresh = 0;
  /** When the last look got on, on the clock that never goes back. */
  movedAt = 0;

  constructor({ bucket, objects }: Places, options: ScanOptions) {
    this.#objects = objects;
    this.#options = options;
    this.waiting = new WaitingList(options);
    this.offers = new Offers(options);
    this.#requests = new Requests({ bucket, layout: options.layout, memory: this.memory });
  }

  /** Whether the last look left something that will be given out soon, or that was and is not settled. */
  get isActive(): boolean {
    const { given, out, held } = this.offers;
    return given + out + held + this.#fresh > 0;
  }

  /** What of the bucket could not be done although all of it was seen. */
  get problems(): readonly SourceProblem[] {
    return this.#requests.problems;
  }

  /** A dataset is done with: nobody has to ask for it any more. */
  done(dataset: DatasetName): void {
    this.#requests.answer(dataset);
  }

  /** One look at everything, page by page as it is asked. */
  async *look(signal: AbortSignal): AsyncGenerator<SourceItem> {
    [this.offers.given, this.#fresh] = [0, 0];
    yield* this.#askedFor(signal);
    for await (const group of rootGroups(this.#objects, { signal })) {
      this.movedAt = performance.now();
      yield* this.#consider(group, signal);
      if (performance.now() - this.#askedAt > this.#options.interval) yield* this.#askedFor(signal);
    }
    yield* this.#lookAgain(signal);
    this.memory.endScan();
  }

  /** What need not wait for its turn in the listing: messages, and datasets that come again. */
  async *#askedFor(signal: AbortSignal): AsyncGenerator<SourceItem> {
    this.#askedAt = this.movedAt = performance.now();
    yield* this.offers.giveAgain(this.#askedAt);
    await this.#requests.clear({ signal });
    const isBusy = (dataset: DatasetName): boolean => this.offers.isOut(dataset);
    for await (const asked of this.#requests.fresh({ isBusy, signal })) {
      if ('status' in asked) {
        yield asked;
        continue;
      }
      const verdict = await this.#assess(asked.dataset, { quiet: 0, stable: 0, signal });
      if (verdict.status === 'complete') this.#rememberGroups(verdict);
      this.waiting.remove(asked.dataset);
      yield* this.offers.give(asked.dataset, asked.origin);
    }
  }

  async *#consider(group: RootGroup, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const { name, start } = group;
    if (this.memory.knows(name, group.fingerprint)) return;
    if (start.kind === 'none') {
      this.memory.remember(name, group.fingerprint);
    } else if (start.kind === 'refused') {
      this.memory.remember(name, group.fingerprint);
      yield rejectedObject(start.text, {
        origin: `${this.#objects.uri}/${name}`,
        error: start.error,
      });
    } else {
      const dataset = await this.#datasetOf(start, signal);
      if (this.offers.isOut(dataset)) return;
      const judged = yield* this.#judge(dataset, signal);
      if (judged) this.memory.remember(name, group.fingerprint);
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
    const { quiet, interval } = this.#options;
    const stable = Math.min(quiet, interval / 2);
    const verdict = await this.#assess(dataset, { quiet, stable, signal });
    switch (verdict.status) {
      case 'fresh':
        this.#fresh += 1;
        return false;
      case 'incomplete': {
        const at = this.#options.clock.now().getTime();
        const place = this.#objects.uri;
        this.waiting.add(dataset, { ...verdict, place, at, now: performance.now() });
        return true;
      }
      case 'complete':
        this.#rememberGroups(verdict);
        break;
      case 'broken':
        break;
    }
    this.waiting.remove(dataset);
    yield* this.offers.give(dataset, this.#objects.uri);
    return true;
  }

  #assess(
    dataset: DatasetName,
    options: { readonly quiet: number; readonly stable: number; readonly signal: AbortSignal },
  ): Promise<Assessment> {
    const { fileSystem, clock } = this.#options;
    const now = clock.now().getTime();
    return assess(dataset, { ...options, fileSystem, bucket: this.#objects, now });
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
    for (const [name, value] of groups) this.memory.remember(name, value);
  }

  /** Incomplete datasets whose missing objects may have come under names that do not lead to them. */
  async *#lookAgain(signal: AbortSignal): AsyncGenerator<SourceItem> {
    for (const dataset of this.waiting.due(performance.now())) {
      this.movedAt = performance.now();
      if (!this.offers.isOut(dataset)) yield* this.#judge(dataset, signal);
    }
  }
}
