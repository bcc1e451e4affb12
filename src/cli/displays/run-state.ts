import type { Outcome, Stage } from '../../streams/events.ts';
import type { PipelineEvent } from '../../streams/telemetry.ts';

/** A dataset between the door and its outcome. */
export interface UnderWay {
  /** The operator that works on it, or undefined while it waits for a place. */
  readonly stage: Stage | undefined;
  /** When that began, milliseconds since 1970. */
  readonly since: number;
}

/** What a run has come to so far. */
export interface RunState {
  readonly counts: Readonly<Record<Outcome['status'], number>>;
  /** By dataset id, in the order of admission. */
  readonly underWay: ReadonlyMap<string, UnderWay>;
}

/** A run that has not begun. */
export const emptyRun: RunState = {
  counts: { published: 0, skipped: 0, failed: 0, interrupted: 0, rejected: 0 },
  underWay: new Map(),
};

/** What a run has come to after one more event. */
export function nextRunState(state: RunState, event: PipelineEvent): RunState {
  switch (event.type) {
    case 'admitted':
    case 'stage-finished':
      return withDataset(state, event.dataset.id, { stage: undefined, since: event.at });
    case 'stage-started':
      return withDataset(state, event.dataset.id, { stage: event.stage, since: event.at });
    case 'settled':
      return settle(state, event.outcome);
    case 'stage-retried':
    case 'warning':
      return state;
  }
}

function withDataset(state: RunState, id: string, dataset: UnderWay): RunState {
  return { ...state, underWay: new Map(state.underWay).set(id, dataset) };
}

function settle(state: RunState, outcome: Outcome): RunState {
  const underWay = new Map(state.underWay);
  const repeated = outcome.status === 'skipped' && outcome.because === 'repeated';
  if ('dataset' in outcome && !repeated) underWay.delete(outcome.dataset.id);
  const counts = { ...state.counts, [outcome.status]: state.counts[outcome.status] + 1 };
  return { counts, underWay };
}

/** The counts in words: `12 published, 1 failed`; `nothing yet` where all are zero. */
export function countsInWords({ counts }: RunState): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${String(count)} ${status}`);
  return parts.length === 0 ? 'nothing yet' : parts.join(', ');
}
