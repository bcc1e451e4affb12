import type { SourceReport, WaitingDataset } from '../../sources/source-health.ts';

/** What a source tells, for people. */
export function reportLine(report: SourceReport): string {
  switch (report.kind) {
    case 'degraded':
      return `${report.problem.message} ${report.problem.advice} [${report.problem.code}]`;
    case 'recovered':
      return `Over: ${report.problem.message} [${report.problem.code}]`;
    case 'waiting':
      return waitingLine(report.waiting);
  }
}

/** A dataset that cannot be begun, for people. */
export function waitingLine({ id, since, reason, code }: WaitingDataset): string {
  return `${id}: waiting since ${since.toISOString()}: ${reason} [${code}]`;
}

/** The same for programs, beside the events of the pipeline. */
export function reportEvent(report: SourceReport): string {
  const time = new Date(report.at).toISOString();
  switch (report.kind) {
    case 'degraded':
    case 'recovered':
      return JSON.stringify({ type: `source-${report.kind}`, time, ...report.problem });
    case 'waiting': {
      const { id, ...rest } = report.waiting;
      return JSON.stringify({ type: 'source-waiting', time, dataset: id, ...rest });
    }
  }
}
