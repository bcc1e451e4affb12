import { duration } from './duration.ts';
import { countsInWords, type RunState } from './run-state.ts';

/** The block that a terminal shows while a run goes on: the counts, then a line for each dataset under way. */
export function liveView(
  state: RunState,
  { now, width, rows }: { readonly now: number; readonly width: number; readonly rows: number },
): string {
  const datasets = [...state.underWay].map(
    ([id, { stage, since }]) => `  ${id.padEnd(20)} ${stage ?? 'waiting'} ${duration(now - since)}`,
  );
  const room = Math.max(rows - 3, 1);
  const more = datasets.length - room;
  const shown =
    more > 0 ? [...datasets.slice(0, room - 1), `  and ${String(more + 1)} more`] : datasets;
  return [countsInWords(state), ...shown].map((line) => line.slice(0, width - 1)).join('\n');
}
