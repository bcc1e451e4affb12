import type { Outcome } from '../../streams/events.ts';
import type { PipelineEvent } from '../../streams/telemetry.ts';

/** One event as one line of JSON, for programs. The fields are documented in `docs/process.md`. */
export function eventLine(event: PipelineEvent): string {
  const time = new Date(event.at).toISOString();
  return JSON.stringify({ type: event.type, time, ...detailsOf(event) });
}

function detailsOf(event: PipelineEvent): object {
  switch (event.type) {
    case 'admitted':
      return { dataset: event.dataset.id };
    case 'stage-started':
      return { dataset: event.dataset.id, stage: event.stage };
    case 'stage-finished':
      return { dataset: event.dataset.id, stage: event.stage, milliseconds: event.milliseconds };
    case 'stage-retried': {
      const { code, message } = event.error;
      return { dataset: event.dataset.id, stage: event.stage, delay: event.delay, code, message };
    }
    case 'warning':
      return { dataset: event.dataset.id, stage: event.stage, ...event.warning };
    case 'settled':
      return { ...outcomeDetails(event.outcome), milliseconds: event.milliseconds };
  }
}

function outcomeDetails(outcome: Outcome): object {
  const { status, origin } = outcome;
  switch (outcome.status) {
    case 'published': {
      const { location, warnings, claim } = outcome;
      const { attempt } = claim;
      return { dataset: outcome.dataset.id, status, origin, attempt, location, warnings };
    }
    case 'skipped': {
      const { because, reason } = outcome;
      return { dataset: outcome.dataset.id, status, origin, because, reason };
    }
    case 'failed': {
      const { code, exitCode, message, advice } = outcome.error;
      const { stage, work } = outcome;
      const failure = { stage, code, exitCode, message, advice, work: work?.folder };
      return { dataset: outcome.dataset.id, status, origin, ...failure };
    }
    case 'interrupted':
      return { dataset: outcome.dataset.id, status, origin, stage: outcome.stage };
    case 'rejected': {
      const { code, exitCode, message, advice } = outcome.error;
      return { text: outcome.text, status, origin, code, exitCode, message, advice };
    }
  }
}
