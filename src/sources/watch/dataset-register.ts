import { createHash } from 'node:crypto';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { DatasetName } from '../../hst/dataset-name.ts';
import type { Outcome } from '../../streams/events.ts';
import type { SourceItem } from '../dataset-source.ts';
import type { WaitingDataset } from '../source-health.ts';
import { evaluate, type Patience, type Verdict } from './evaluate.ts';
import type { FileFactsCache } from './file-facts.ts';
import { FileIndex } from './file-index.ts';
import { rootOf } from './file-role.ts';
import type { Changes } from './folder-tree.ts';
import { MemberLinks } from './member-links.ts';
import { secondOffer } from './second-offer.ts';
import { pathOf, type SeenFile } from './seen-file.ts';

interface Entry {
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
  reported: boolean;
}

/** The times at which something is evaluated. */
interface Moment {
  /** Milliseconds on the clock that never goes back. */
  readonly now: number;
  /** Milliseconds since 1970. */
  readonly wallTime: number;
  readonly signal: AbortSignal;
}

/**
 * The datasets that the files of a drop folder make up, and which of them are to be given out. A dataset is looked at again only
 * when one of its files changed or its time has come.
 */
export class DatasetRegister {
  readonly index = new FileIndex();
  readonly #facts: FileFactsCache;
  readonly #patience: Patience;
  readonly #entries = new Map<string, Entry>();
  readonly #links = new MemberLinks();
  readonly #dirty = new Set<string>();
  /** When to look at a dataset again. */
  readonly #due = new Map<string, number>();
  readonly #ready = new Set<string>();
  readonly #refused = new Set<SeenFile>();
  readonly #waiting = new Set<string>();
  #busy = 0;

  constructor({
    facts,
    patience,
  }: {
    readonly facts: FileFactsCache;
    readonly patience: Patience;
  }) {
    this.#facts = facts;
    this.#patience = patience;
  }

  get counts(): { readonly datasets: number; readonly ready: number; readonly waiting: number } {
    const { size: datasets } = this.#entries;
    return { datasets, ready: this.#ready.size, waiting: this.#waiting.size };
  }

  /** Whether something is given out, or will be without a further change of files. */
  get isActive(): boolean {
    return (
      this.#busy > 0 ||
      this.#ready.size > 0 ||
      this.#refused.size > 0 ||
      [...this.#due.keys()].some((id) => isMoving(this.#entries.get(id)?.verdict))
    );
  }

  /** When something is to be looked at although nothing changed, on the clock that never goes back. */
  get nextDue(): number {
    let next = Infinity;
    for (const due of this.#due.values()) next = Math.min(next, due);
    return next;
  }

  /** Takes in what a look at the folder found. */
  apply({ changed, removed }: Changes): void {
    for (const file of removed) {
      this.index.remove(file);
      this.#refused.delete(file);
      this.#touch(file);
    }
    for (const file of changed) {
      this.index.add(file);
      const { role } = file;
      if (role.kind === 'start' && !this.#entries.has(role.root)) {
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
    for (const [id, due] of this.#due) {
      if (due <= moment.now) this.#dirty.add(id);
    }
    // A set can grow while it is gone through: an association that has become known makes its members look again.
    for (const id of this.#dirty) {
      moment.signal.throwIfAborted();
      this.#dirty.delete(id);
      const entry = this.#entries.get(id);
      if (entry !== undefined) await this.#evaluateOne(entry, moment);
    }
  }

  async #evaluateOne(entry: Entry, moment: Moment): Promise<void> {
    const { dataset } = entry;
    const verdict = await evaluate(dataset, {
      ...moment,
      index: this.index,
      facts: this.#facts,
      patience: this.#patience,
      isMember: (root) => [...this.#links.dependents(root)].some(isAssociation),
    });
    for (const root of this.#links.update(dataset.id, this.#rootsOf(dataset.id))) {
      this.#dirty.add(root);
    }
    // Who removes an association removes its table before its exposures: they are not single exposures for that.
    if (entry.verdict?.status === 'member' && verdict.status !== 'member') {
      entry.quietUntil = moment.now + this.#patience.quiet;
    }
    entry.verdict = verdict;
    this.#judge(entry, moment);
  }

  /** The root names that the table or the poller file of a dataset names, as far as it has been read. */
  #rootsOf(id: string): readonly string[] {
    return [...this.index.withRoot(id)].flatMap((file) => {
      const facts = this.#facts.known(file);
      if (facts?.status !== 'whole') return [];
      const members = facts.association?.exposures.map(({ name }) => name) ?? [];
      return [...members, ...(facts.exposures ?? []).map(rootOf)].filter((root) => root !== id);
    });
  }

  #judge(entry: Entry, moment: Moment): void {
    const { id } = entry.dataset;
    this.#ready.delete(id);
    this.#due.delete(id);
    if (entry.verdict?.status !== 'waiting') this.#endWaiting(entry);
    switch (entry.verdict?.status) {
      case 'complete':
        this.#offer(entry, moment);
        return;
      case 'waiting':
        this.#beginWaiting(entry, moment);
        if (entry.verdict.again !== undefined) this.#due.set(id, entry.verdict.again);
        return;
      case 'gone':
        if (!entry.busy) this.#entries.delete(id);
        return;
      case 'member':
      case undefined:
        return;
    }
  }

  #offer(entry: Entry, { now }: Moment): void {
    if (entry.verdict?.status !== 'complete' || entry.busy) return;
    const same = entry.given === versionOf(entry.verdict.files);
    if (same && entry.againAt === undefined) return;
    const at = Math.max(entry.quietUntil, same ? (entry.againAt ?? 0) : 0);
    if (at > now) this.#due.set(entry.dataset.id, at);
    else this.#ready.add(entry.dataset.id);
  }

  #beginWaiting(entry: Entry, { wallTime }: Moment): void {
    entry.waitingSince ??= wallTime;
    this.#waiting.add(entry.dataset.id);
  }

  #endWaiting(entry: Entry): void {
    entry.waitingSince = undefined;
    entry.reported = false;
    this.#waiting.delete(entry.dataset.id);
  }

  /** The next item to give out, if there is one. */
  take(): Exclude<SourceItem, { readonly status: 'done' }> | undefined {
    const [refused] = this.#refused;
    if (refused !== undefined) {
      this.#refused.delete(refused);
      return rejected(refused);
    }
    const [id] = this.#ready;
    if (id === undefined) return undefined;
    this.#ready.delete(id);
    const entry = this.#entries.get(id);
    if (entry?.verdict?.status !== 'complete') return this.take();
    entry.given = versionOf(entry.verdict.files);
    entry.againAt = undefined;
    entry.busy = true;
    this.#busy += 1;
    const { dataset } = entry;
    return { status: 'requested', dataset, origin: `file:${entry.verdict.place}` };
  }

  /** Notes that what was given out has been dealt with. */
  settled(outcome: Outcome, { now }: Pick<Moment, 'now'>): void {
    const entry = 'dataset' in outcome ? this.#entries.get(outcome.dataset.id) : undefined;
    if (entry?.busy !== true) return;
    entry.busy = false;
    this.#busy -= 1;
    entry.failures = outcome.status === 'failed' ? entry.failures + 1 : 0;
    const delay = secondOffer(outcome, entry);
    if (delay !== undefined) entry.againAt = now + delay;
    this.#dirty.add(entry.dataset.id);
  }

  /** What is incomplete, the longest waiting first. */
  waiting(): readonly WaitingDataset[] {
    return [...this.#waiting]
      .flatMap((id) => waitingDataset(this.#entries.get(id)) ?? [])
      .sort((a, b) => a.since.getTime() - b.since.getTime());
  }

  /** What has been incomplete since `before` (milliseconds since 1970) and was not answered before. */
  overdue({ before }: { readonly before: number }): readonly WaitingDataset[] {
    return [...this.#waiting].flatMap((id) => {
      const entry = this.#entries.get(id);
      if (entry?.waitingSince === undefined || entry.reported) return [];
      if (entry.waitingSince > before) return [];
      entry.reported = true;
      return waitingDataset(entry) ?? [];
    });
  }

  /** The files among which those of a dataset are, or undefined where nothing of it is there. */
  filesOf(
    dataset: DatasetName,
  ): { readonly place: string; readonly files: Iterable<SeenFile> } | undefined {
    const verdict = this.#entries.get(dataset.id)?.verdict;
    if (verdict?.status !== 'complete' && verdict?.status !== 'waiting') return undefined;
    const { place } = verdict;
    const roots = [dataset.id, ...this.#rootsOf(dataset.id)];
    return { place, files: this.index.choose(roots, { seat: place }).values() };
  }
}

function newEntry(dataset: DatasetName): Entry {
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

/** Mosaics name exposures too, but do not make them parts of a whole. */
function isAssociation(id: string): boolean {
  return /^[a-z][a-z0-9]{8}$/.test(id);
}

function isMoving(verdict: Verdict | undefined): boolean {
  if (verdict?.status !== 'waiting') return false;
  return verdict.code === 'STILL_CHANGING' || verdict.code === 'QUIET_PERIOD';
}

function versionOf(files: readonly SeenFile[]): string {
  const text = files.map((file) => `${pathOf(file)}\0${file.version}`).sort();
  return createHash('sha1').update(text.join('\n')).digest('base64');
}

function waitingDataset(entry: Entry | undefined): WaitingDataset | undefined {
  if (entry?.verdict?.status !== 'waiting' || entry.waitingSince === undefined) return undefined;
  const { code, reason, place } = entry.verdict;
  return { id: entry.dataset.id, place, since: new Date(entry.waitingSince), code, reason };
}

function rejected(file: SeenFile): Exclude<SourceItem, { readonly status: 'done' }> {
  const { role } = file;
  const origin = `file:${pathOf(file)}`;
  const why = role.kind === 'refused' ? role.error.message : `\`${file.name}\` names no dataset.`;
  const error = new CaldpError(why, {
    code: 'NAME_INVALID',
    advice: 'Correct the name of the file, or take it out of the drop folder.',
    exit: 'CMDLINE_ERROR',
  });
  return { status: 'rejected', text: file.name.slice(0, 80), origin, error };
}
