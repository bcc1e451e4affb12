import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Outcome } from '../../streams/events.ts';
import type { SourceItem } from '../dataset-source.ts';
import type { WaitingDataset } from '../source-health.ts';
import { Agenda } from './agenda.ts';
import { newEntry, type DatasetEntry } from './dataset-entry.ts';
import { evaluate } from './evaluate.ts';
import type { FileFactsCache } from './file-facts-cache.ts';
import { FileIndex } from './file-index.ts';
import { rootOf } from './file-role.ts';
import type { Changes } from './folder-tree.ts';
import { IncompleteDatasets } from './incomplete-datasets.ts';
import type { Patience } from './judging.ts';
import { MemberLinks } from './member-links.ts';
import { Offers } from './offers.ts';
import { rejectedFile } from './rejected-file.ts';
import { seatOf } from './seat.ts';
import type { SeenFile } from './seen-file.ts';
import { isMoving } from './verdict.ts';

/** The times at which something is evaluated. */
interface Moment {
  /** Milliseconds on the clock that never goes back. */
  readonly now: number;
  /** Milliseconds since 1970. */
  readonly wallTime: number;
  /** Told when something is there to be taken. */
  readonly onReady: () => void;
  readonly signal: AbortSignal;
}

/** What the register works with. */
interface RegisterTools {
  readonly facts: FileFactsCache;
  readonly patience: Patience;
}

/** Where the files of a dataset are. */
export interface DatasetFiles {
  /** The file that says what the dataset is made of: also a tarball of all of it. */
  readonly seat: SeenFile;
  readonly files: readonly SeenFile[];
}

/**
 * The datasets that the files of a drop folder make up, and which of them are to be given out. A dataset is looked at again only
 * when one of its files changed or its time has come.
 */
export class DatasetRegister {
  readonly #index = new FileIndex();
  readonly #tools: RegisterTools;
  readonly #entries = new Map<string, DatasetEntry>();
  readonly #links = new MemberLinks();
  readonly #dirty = new Set<string>();
  readonly #agenda = new Agenda();
  readonly #offers = new Offers();
  readonly #refused = new Set<SeenFile>();
  readonly #incomplete = new IncompleteDatasets();

  constructor(tools: RegisterTools) {
    this.#tools = tools;
  }

  get counts(): { readonly datasets: number; readonly ready: number; readonly waiting: number } {
    const { size: datasets } = this.#entries;
    return { datasets, ready: this.#offers.ready, waiting: this.#incomplete.size };
  }

  /** Whether something is given out, or will be without a further change of files. */
  get isActive(): boolean {
    if (this.#offers.busy > 0 || this.#offers.ready > 0 || this.#refused.size > 0) return true;
    return [...this.#agenda.ids()].some((id) => isMoving(this.#entries.get(id)?.verdict));
  }

  /** When something is to be looked at although nothing changed, on the clock that never goes back. */
  get nextDue(): number {
    return this.#agenda.next;
  }

  /** Takes in what a look at the folder found. */
  apply({ changed, removed }: Changes): void {
    for (const file of removed) {
      this.#index.remove(file);
      this.#refused.delete(file);
      this.#touch(file);
    }
    for (const file of changed) {
      this.#index.add(file);
      const { role } = file;
      const starts = role.kind === 'start' || role.kind === 'packed';
      if (starts && !this.#entries.has(role.root)) {
        this.#entries.set(role.root, newEntry(role.dataset));
      }
      if (role.kind === 'refused') this.#refused.add(file);
      this.#touch(file);
    }
  }

  #touch({ name, role }: SeenFile): void {
    this.#dirty.add(role.root);
    for (const id of this.#links.dependents(rootOf(name))) this.#dirty.add(id);
  }

  /** Brings all verdicts up to date. */
  async evaluate(moment: Moment): Promise<void> {
    for (const id of this.#agenda.due(moment.now)) this.#dirty.add(id);
    // A set can grow while it is gone through: an association that has become known makes its members look again.
    for (const id of this.#dirty) {
      moment.signal.throwIfAborted();
      this.#dirty.delete(id);
      const entry = this.#entries.get(id);
      if (entry !== undefined) await this.#evaluateOne(entry, moment);
    }
  }

  async #evaluateOne(entry: DatasetEntry, moment: Moment): Promise<void> {
    const { dataset } = entry;
    const verdict = await evaluate(dataset, {
      ...moment,
      ...this.#tools,
      index: this.#index,
      isMember: (root) => [...this.#links.dependents(root)].some(isAssociation),
    });
    for (const root of this.#links.update(dataset.id, this.#rootsOf(dataset.id))) {
      this.#dirty.add(root);
    }
    // Who removes an association removes its table before its exposures: they are not single exposures for that.
    if (entry.verdict?.status === 'member' && verdict.status !== 'member') {
      entry.quietUntil = moment.now + this.#tools.patience.quiet;
    }
    entry.verdict = verdict;
    this.#judge(entry, moment);
  }

  /** The root names that the table or the poller file of a dataset names, as far as it has been read. */
  #rootsOf(id: string): readonly string[] {
    return [...this.#index.withRoot(id)].flatMap((file) => {
      const facts = this.#tools.facts.known(file);
      if (facts?.status !== 'whole') return [];
      const members = facts.association?.exposures.map(({ name }) => name) ?? [];
      return [...members, ...(facts.exposures ?? []).map(rootOf)].filter((root) => root !== id);
    });
  }

  #judge(entry: DatasetEntry, moment: Moment): void {
    const { id } = entry.dataset;
    this.#offers.withdraw(entry);
    this.#agenda.delete(id);
    if (entry.verdict?.status !== 'waiting') this.#incomplete.end(entry);
    switch (entry.verdict?.status) {
      case 'complete': {
        const at = this.#offers.offer(entry, moment);
        if (at !== undefined) this.#agenda.set(id, at);
        if (this.#offers.ready > 0) moment.onReady();
        return;
      }
      case 'waiting':
        this.#incomplete.begin(entry, moment);
        if (entry.verdict.again !== undefined) this.#agenda.set(id, entry.verdict.again);
        return;
      case 'gone':
        if (!entry.busy) this.#entries.delete(id);
        return;
      case 'member':
      case undefined:
        return;
    }
  }

  /** The next item to give out, if there is one. */
  take(): Exclude<SourceItem, { readonly status: 'done' }> | undefined {
    const [refused] = this.#refused;
    if (refused !== undefined) {
      this.#refused.delete(refused);
      return rejectedFile(refused);
    }
    const taken = this.#offers.take();
    if (taken === undefined) return undefined;
    const { entry, place } = taken;
    return { status: 'requested', dataset: entry.dataset, origin: `file:${place}` };
  }

  /** Notes that what was given out has been dealt with. */
  settled(outcome: Outcome, { now }: Pick<Moment, 'now'>): void {
    const entry = 'dataset' in outcome ? this.#entries.get(outcome.dataset.id) : undefined;
    if (entry?.busy !== true) return;
    this.#offers.settle(entry, { outcome, now });
    this.#dirty.add(entry.dataset.id);
  }

  /** What is incomplete, the longest waiting first. */
  waiting(): readonly WaitingDataset[] {
    return this.#incomplete.list();
  }

  /** What has been incomplete since `before` (milliseconds since 1970) and was not answered before. */
  overdue(options: { readonly before: number }): readonly WaitingDataset[] {
    return this.#incomplete.overdue(options);
  }

  /** The files among which those of a dataset are, or undefined where nothing of it is there. */
  filesOf(dataset: DatasetName): DatasetFiles | undefined {
    const seat = seatOf(dataset, { index: this.#index });
    const verdict = this.#entries.get(dataset.id)?.verdict;
    if (seat === undefined || (verdict?.status !== 'complete' && verdict?.status !== 'waiting')) {
      return undefined;
    }
    const roots = [dataset.id, ...this.#rootsOf(dataset.id)];
    return { seat, files: [...this.#index.choose(roots, { seat: seat.folder }).values()] };
  }
}

/** Mosaics name exposures too, but do not make them parts of a whole. */
function isAssociation(id: string): boolean {
  return /^[a-z][a-z0-9]{8}$/.test(id);
}
