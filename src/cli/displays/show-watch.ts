import type { Observable } from 'rxjs';
import type { SourceReport, WaitingDataset } from '../../sources/source-health.ts';
import type { PipelineEvent } from '../../streams/telemetry.ts';
import { eventLine } from './event-line.ts';
import { plainLine } from './plain-lines.ts';
import { reportEvent, reportLine, waitingLine } from './report-line.ts';
import { countsInWords, emptyRun, nextRunState } from './run-state.ts';
import type { DisplayStreams, RunDisplay } from './show-run.ts';

/** What a watch shows: what happens to datasets, and what the source tells. */
export interface WatchShow {
  readonly events: Observable<PipelineEvent>;
  readonly reports: Observable<SourceReport>;
  /** What is incomplete when it ends. */
  readonly waiting: () => readonly WaitingDataset[];
}

const mostWaiting = 20;

/** One line of JSON for each event and report. */
export function showWatchEvents(
  { events, reports }: WatchShow,
  { out }: Pick<DisplayStreams, 'out'>,
): RunDisplay {
  const first = events.subscribe((event) => out.write(`${eventLine(event)}\n`));
  const second = reports.subscribe((report) => out.write(`${reportEvent(report)}\n`));
  return {
    end: () => {
      first.unsubscribe();
      second.unsubscribe();
    },
  };
}

/** One line for each thing worth knowing; at the end the counts and what is still incomplete. Remembers counts only. */
export function showWatchLines(
  { events, reports, waiting }: WatchShow,
  { out, err }: DisplayStreams,
): RunDisplay {
  let state = emptyRun;
  const first = events.subscribe((event) => {
    state = nextRunState(state, event);
    const line = plainLine(event);
    if (line !== undefined) out.write(`${line}\n`);
  });
  const second = reports.subscribe((report) => err.write(`caldp: ${reportLine(report)}\n`));
  return {
    end: () => {
      first.unsubscribe();
      second.unsubscribe();
      const incomplete = waiting();
      for (const each of incomplete.slice(0, mostWaiting)) out.write(`${waitingLine(each)}\n`);
      const rest = incomplete.length === 0 ? '' : `, ${String(incomplete.length)} waiting`;
      out.write(`${countsInWords(state)}${rest}.\n`);
    },
  };
}
