import type { Outcome, Stage } from '../streams/events.ts';
import type { PipelineEvent } from '../streams/telemetry.ts';
import type { DatasetState } from '../sinks/message-tree.ts';
import type { DatasetName } from '../hst/dataset-name.ts';

/** The states by which datasets are counted and filtered. */
export const boardStates = ['processing', 'published', 'failed', 'skipped', 'interrupted'] as const;

/** One of {@link boardStates}. */
export type BoardState = (typeof boardStates)[number];

/** One step of a dataset's way. Times are ISO 8601. */
export interface TimelineStep {
  readonly stage: Stage;
  readonly started: string;
  /** Missing while it goes on. */
  readonly milliseconds?: number;
  /** Failures that were followed by another try, one sentence each. */
  readonly retries: readonly string[];
}

/** What is known of one dataset. */
export interface BoardDataset {
  readonly id: string;
  readonly state: BoardState;
  /** Where it is now, or where it ended. */
  readonly stage?: Stage;
  /** When it came to this state, ISO 8601. */
  readonly since: string;
  readonly attempt?: number;
  /** From admission to outcome. */
  readonly milliseconds?: number;
  readonly location?: string;
  readonly reason?: string;
  readonly error?: {
    readonly code: string;
    readonly exitCode: number;
    readonly message: string;
    readonly advice: string;
  };
  readonly warnings: readonly string[];
  readonly timeline: readonly TimelineStep[];
}

interface Kept {
  readonly dataset: DatasetName;
  readonly seen: BoardDataset;
  /** Path of the log that a failed attempt left. */
  readonly log?: string;
}

/** How many datasets are remembered; those under way always are. */
const mostKept = 10_000;

/** What the status page shows: the newest datasets and what became of them. Holds at most some 10,000 records of about 1 KB. */
export class DatasetBoard {
  readonly #kept = new Map<string, Kept>();

  get counts(): Readonly<Record<BoardState, number>> {
    const counts = { processing: 0, published: 0, failed: 0, skipped: 0, interrupted: 0 };
    for (const { seen } of this.#kept.values()) counts[seen.state] += 1;
    return counts;
  }

  get isFull(): boolean {
    return this.#kept.size >= mostKept;
  }

  get(id: string): Kept | undefined {
    return this.#kept.get(id);
  }

  /** The newest first. */
  list(): readonly BoardDataset[] {
    return Array.from(this.#kept.values(), ({ seen }) => seen).reverse();
  }

  /** Takes in what the messages of an earlier run say, for a dataset that nothing is known of. */
  remember(dataset: DatasetName, state: DatasetState): void {
    if (this.#kept.has(dataset.id)) return;
    const seen = rememberedDataset(dataset, state);
    if (seen !== undefined) this.#keep({ dataset, seen });
  }

  /** Takes in an event; answers the dataset that it changed. */
  take(event: PipelineEvent): BoardDataset | undefined {
    if (event.type === 'settled') return this.#settle(event);
    const { dataset } = event;
    const kept = this.#kept.get(dataset.id)?.seen;
    const seen = nextSeen(kept ?? admitted(dataset.id, event.at), event);
    this.#keep({ dataset, seen });
    return seen;
  }

  #settle(event: Extract<PipelineEvent, { readonly type: 'settled' }>): BoardDataset | undefined {
    const { outcome, at } = event;
    if (outcome.status === 'rejected') return undefined;
    const { dataset } = outcome;
    const before = this.#kept.get(dataset.id)?.seen ?? admitted(dataset.id, at);
    const seen = { ...before, ...ended(outcome, event), since: iso(at) };
    const log =
      outcome.status === 'failed' && outcome.work !== undefined
        ? { log: outcome.work.log('process.txt') }
        : {};
    this.#keep({ dataset, seen, ...log });
    return seen;
  }

  /** The newest is last. */
  #keep(kept: Kept): void {
    const { id } = kept.dataset;
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    if (this.#kept.size <= mostKept) return;
    for (const [old, { seen }] of this.#kept) {
      if (seen.state === 'processing') continue;
      this.#kept.delete(old);
      return;
    }
  }
}

function admitted(id: string, at: number): BoardDataset {
  return { id, state: 'processing', since: iso(at), warnings: [], timeline: [] };
}

type StageEvent = Exclude<PipelineEvent, { readonly type: 'settled' }>;

function nextSeen(seen: BoardDataset, event: StageEvent): BoardDataset {
  const { at } = event;
  switch (event.type) {
    case 'admitted':
      return admitted(seen.id, at);
    case 'stage-started': {
      const { stage } = event;
      const step = { stage, started: iso(at), retries: [] };
      return { ...seen, stage, timeline: [...seen.timeline, step] };
    }
    case 'stage-finished': {
      const { milliseconds } = event;
      return { ...seen, timeline: changeLast(seen.timeline, event.stage, { milliseconds }) };
    }
    case 'stage-retried': {
      const retries = [...(seen.timeline.at(-1)?.retries ?? []), event.error.message];
      return { ...seen, timeline: changeLast(seen.timeline, event.stage, { retries }) };
    }
    case 'warning':
      if (event.warning.severity === 'note') return seen;
      return { ...seen, warnings: [...seen.warnings, event.warning.message] };
  }
}

function changeLast(
  timeline: readonly TimelineStep[],
  stage: Stage,
  change: Partial<TimelineStep>,
): readonly TimelineStep[] {
  const index = timeline.findLastIndex((step) => step.stage === stage);
  return timeline.map((step, at) => (at === index ? { ...step, ...change } : step));
}

function ended(
  outcome: Exclude<Outcome, { readonly status: 'rejected' }>,
  { milliseconds }: { readonly milliseconds: number },
): Partial<BoardDataset> & { readonly state: BoardState } {
  switch (outcome.status) {
    case 'published': {
      const { location, claim, warnings } = outcome;
      const shown = warnings.filter(({ severity }) => severity !== 'note');
      const messages = shown.map(({ message }) => message);
      const { attempt } = claim;
      return { state: 'published', milliseconds, location, attempt, warnings: messages };
    }
    case 'skipped':
      return {
        state: outcome.because === 'finished' ? 'published' : 'skipped',
        milliseconds,
        reason: outcome.reason,
      };
    case 'failed': {
      const { code, exitCode, message, advice } = outcome.error;
      const { stage, claim } = outcome;
      const attempt = claim === undefined ? {} : { attempt: claim.attempt };
      const error = { code, exitCode, message, advice };
      return { state: 'failed', milliseconds, stage, error, ...attempt };
    }
    case 'interrupted':
      return { state: 'interrupted', milliseconds, stage: outcome.stage };
  }
}

function rememberedDataset({ id }: DatasetName, state: DatasetState): BoardDataset | undefined {
  if (state.status === 'none' || state.status === 'processing') return undefined;
  const known = { id, since: state.since.toISOString(), warnings: [], timeline: [] };
  if (state.status !== 'error') return { ...known, state: 'published' };
  const { code, exitCode, message, advice } = state.error ?? {
    code: 'UNEXPECTED',
    exitCode: 1,
    message: state.problem ?? 'The message says nothing.',
    advice: 'Run the dataset again.',
  };
  return { ...known, state: 'failed', error: { code, exitCode, message, advice } };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
