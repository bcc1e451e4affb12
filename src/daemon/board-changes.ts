import type { DatasetName } from '../hst/dataset-name.ts';
import type { DatasetState } from '../sinks/message-tree.ts';
import type { Outcome, Stage } from '../streams/events.ts';
import type { PipelineEvent } from '../streams/telemetry.ts';
import type { BoardDataset, BoardState, TimelineStep } from './board-dataset.ts';

/** A dataset that has just been let in; `at` is milliseconds since 1970. */
export function admitted(id: string, at: number): BoardDataset {
  return { id, state: 'processing', since: iso(at), warnings: [], timeline: [] };
}

/** What happens to a dataset on its way. */
export type StageEvent = Exclude<PipelineEvent, { readonly type: 'settled' }>;

/** What is known of a dataset after an event. */
export function nextSeen(seen: BoardDataset, event: StageEvent): BoardDataset {
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

/** What an outcome adds to what is known of a dataset. */
export function ended(
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

/** What the messages of an earlier run tell of a dataset; nothing of one that is free or under way. */
export function rememberedDataset(
  { id }: DatasetName,
  state: DatasetState,
): BoardDataset | undefined {
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

/** Milliseconds since 1970 as ISO 8601. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
