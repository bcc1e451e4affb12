import { createLogUpdate } from 'log-update';
import type { Observable } from 'rxjs';
import type { PipelineEvent } from '../../streams/telemetry.ts';
import { ClosingTable } from './closing-table.ts';
import { eventLine } from './event-line.ts';
import { liveView } from './live-view.ts';
import { plainLine } from './plain-lines.ts';
import { emptyRun, nextRunState } from './run-state.ts';

/** How a run is shown while it goes on; `end` shows what it came to. */
export interface RunDisplay {
  end(): void;
}

/** Where a display writes. */
export interface DisplayStreams {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

const narrowest = 60;
const widthWithoutTerminal = 120;

/** One line of JSON an event, for programs. */
export function showEventLines(
  events: Observable<PipelineEvent>,
  { out }: DisplayStreams,
): RunDisplay {
  const subscription = events.subscribe((event) => {
    out.write(`${eventLine(event)}\n`);
  });
  return {
    end: () => {
      subscription.unsubscribe();
    },
  };
}

/** One line for each thing worth knowing, then the closing table: for files and pipes. */
export function showPlainLines(
  events: Observable<PipelineEvent>,
  { out }: DisplayStreams,
): RunDisplay {
  const closing = new ClosingTable();
  const subscription = events.subscribe((event) => {
    closing.add(event);
    const line = plainLine(event);
    if (line !== undefined) out.write(`${line}\n`);
  });
  return {
    end: () => {
      subscription.unsubscribe();
      out.write(`\n${closing.render({ width: widthWithoutTerminal })}\n`);
    },
  };
}

/** A block on the terminal that shows what is under way, then the closing table. */
export function showLive(
  events: Observable<PipelineEvent>,
  { out, err }: DisplayStreams,
): RunDisplay {
  const closing = new ClosingTable();
  const block = createLogUpdate(err);
  let state = emptyRun;
  const width = (): number => Math.max(out.columns, narrowest);
  const draw = (): void => {
    block(liveView(state, { now: Date.now(), width: width(), rows: err.rows }));
  };
  const subscription = events.subscribe((event) => {
    closing.add(event);
    state = nextRunState(state, event);
    if (event.type === 'stage-retried') {
      block.clear();
      err.write(`${plainLine(event) ?? ''}\n`);
    }
  });
  const timer = setInterval(draw, 200);
  return {
    end: () => {
      clearInterval(timer);
      subscription.unsubscribe();
      block.clear();
      block.done();
      out.write(`${closing.render({ width: width() })}\n`);
    },
  };
}
