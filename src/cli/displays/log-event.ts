import type { Logger } from 'pino';
import type { PipelineEvent } from '../../streams/telemetry.ts';

/** Writes one pipeline event to the log, at the level that an operator of the system expects. */
export function logEvent(log: Logger, event: PipelineEvent): void {
  switch (event.type) {
    case 'admitted':
      log.info({ dataset: event.dataset.id }, 'dataset admitted');
      return;
    case 'stage-started':
      log.debug({ dataset: event.dataset.id, stage: event.stage }, 'stage started');
      return;
    case 'stage-finished': {
      const { dataset, stage, milliseconds } = event;
      log.debug({ dataset: dataset.id, stage, milliseconds }, 'stage finished');
      return;
    }
    case 'stage-retried': {
      const { dataset, stage, delay, error } = event;
      log.warn({ dataset: dataset.id, stage, delay, err: error }, 'stage retried');
      return;
    }
    case 'warning': {
      const { dataset, stage, warning } = event;
      const level = warning.severity === 'note' ? 'info' : 'warn';
      log[level]({ dataset: dataset.id, stage, ...warning }, 'dataset warning');
      return;
    }
    case 'settled':
      logOutcome(log, event);
  }
}

function logOutcome(
  log: Logger,
  { outcome, milliseconds }: Extract<PipelineEvent, { type: 'settled' }>,
): void {
  const { status, origin } = outcome;
  switch (outcome.status) {
    case 'published': {
      const { attempt } = outcome.claim;
      const { location } = outcome;
      log.info(
        { dataset: outcome.dataset.id, attempt, location, milliseconds },
        'dataset published',
      );
      return;
    }
    case 'skipped': {
      const { because, reason } = outcome;
      log.info({ dataset: outcome.dataset.id, because, reason }, 'dataset skipped');
      return;
    }
    case 'failed': {
      const { stage, error } = outcome;
      const { code, exitCode } = error;
      const failure = { stage, code, exitCode, err: error, milliseconds };
      log.error({ dataset: outcome.dataset.id, ...failure }, 'dataset failed');
      return;
    }
    case 'interrupted':
      log.warn({ dataset: outcome.dataset.id, stage: outcome.stage }, 'dataset interrupted');
      return;
    case 'rejected':
      log.error({ status, origin, code: outcome.error.code, err: outcome.error }, 'name rejected');
  }
}
