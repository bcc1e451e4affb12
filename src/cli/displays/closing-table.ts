import type { PipelineEvent } from '../../streams/telemetry.ts';
import { duration } from './duration.ts';
import { outcomeWords } from './outcome-words.ts';
import { countsInWords, emptyRun, nextRunState, type RunState } from './run-state.ts';
import { table } from './table.ts';

/** How many rows of finished datasets are shown; those that need attention are always shown. */
const mostQuietRows = 40;

const mostNamesInNote = 5;

interface Row {
  readonly quiet: boolean;
  readonly cells: readonly string[];
  readonly notes: readonly string[];
}

/** Collects the outcomes of a run for the table at its end. Holds one short row for each dataset. */
export class ClosingTable {
  readonly #rows: Row[] = [];
  #state: RunState = emptyRun;

  add(event: PipelineEvent): void {
    this.#state = nextRunState(this.#state, event);
    if (event.type !== 'settled') return;
    const { name, outcome, where, why, notes } = outcomeWords(event.outcome);
    const quiet = event.outcome.status === 'published' || event.outcome.status === 'skipped';
    const time = duration(event.milliseconds);
    this.#rows.push({ quiet, cells: [name, outcome, time, where, why], notes });
  }

  /** The table and a line of counts. */
  render({ width }: { readonly width: number }): string {
    const quiet = this.#rows.filter((row) => row.quiet);
    const shown =
      quiet.length <= mostQuietRows ? this.#rows : this.#rows.filter((row) => !row.quiet);
    const hidden = this.#rows.length - shown.length;
    const lines = shown.length === 0 ? [] : [this.#table(shown, width)];
    if (hidden > 0) lines.push(`${String(hidden)} published or skipped datasets are not shown.`);
    lines.push(...notesOf(this.#rows), `${sentence(countsInWords(this.#state))}.`);
    return lines.join('\n');
  }

  #table(rows: readonly Row[], width: number): string {
    const head = ['dataset', 'outcome', 'time', 'where', 'why'];
    return table([head, ...rows.map(({ cells }) => cells)], { width });
  }
}

/** Each warning once, with the datasets it is about. */
function notesOf(rows: readonly Row[]): readonly string[] {
  const datasets = new Map<string, string[]>();
  for (const { cells, notes } of rows) {
    for (const note of notes) {
      const names = datasets.get(note) ?? [];
      names.push(cells[0] ?? '');
      datasets.set(note, names);
    }
  }
  return [...datasets].map(([note, names]) => {
    const shown = names.slice(0, mostNamesInNote).join(', ');
    const more = names.length - mostNamesInNote;
    return `Note on ${shown}${more > 0 ? ` and ${String(more)} more` : ''}: ${note}`;
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
