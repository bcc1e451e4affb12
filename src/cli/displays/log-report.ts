import type { Logger } from 'pino';
import type { SourceReport } from '../../sources/source-health.ts';

/** Writes what a source tells to the log. */
export function logReport(log: Logger, report: SourceReport): void {
  switch (report.kind) {
    case 'degraded': {
      const { code, subject, message, advice } = report.problem;
      log.warn({ code, subject, reason: message, advice }, 'source degraded');
      return;
    }
    case 'recovered': {
      const { code, subject } = report.problem;
      log.info({ code, subject }, 'source recovered');
      return;
    }
    case 'waiting': {
      const { id, code, reason, since, place } = report.waiting;
      log.warn({ dataset: id, code, reason, since, place }, 'dataset incomplete');
    }
  }
}
