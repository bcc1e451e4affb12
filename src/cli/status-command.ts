import type { DatasetState, MessageTree } from '../sinks/message-tree.ts';
import { table } from './displays/table.ts';

/** What `caldp status` prints: one row a dataset, then the counts. Holds one row for each dataset. */
export async function statusReport(
  messages: MessageTree,
  { width }: { readonly width: number },
): Promise<string> {
  const rows: string[][] = [];
  const counts = new Map<string, number>();
  for await (const { dataset, state } of messages.list()) {
    const words = stateWords(state);
    counts.set(words.state, (counts.get(words.state) ?? 0) + 1);
    rows.push([dataset.id, words.state, words.since, words.why]);
  }
  if (rows.length === 0) return 'No dataset has a message here.';
  const totals = [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
  return `${table([['dataset', 'state', 'since', 'why'], ...rows], { width })}\n${totals}`;
}

/** The same as lines of JSON. */
export async function* statusLines(messages: MessageTree): AsyncGenerator<string> {
  for await (const { dataset, state } of messages.list()) {
    yield JSON.stringify({ dataset: dataset.id, ...stateWords(state) });
  }
}

interface StateWords {
  readonly state: string;
  /** ISO 8601, or empty. */
  readonly since: string;
  readonly why: string;
}

function stateWords(state: DatasetState): StateWords {
  switch (state.status) {
    case 'none':
      return { state: 'none', since: '', why: '' };
    case 'processed':
    case 'synced':
    case 'archived':
      return { state: state.status, since: state.since.toISOString(), why: '' };
    case 'error': {
      const { error, problem = '' } = state;
      const why =
        error === undefined ? problem : `${error.message} ${error.advice} [${error.code}]`;
      return { state: 'error', since: state.since.toISOString(), why };
    }
    case 'processing': {
      const since = state.since.toISOString();
      const holder = state.lease === undefined ? (state.problem ?? '') : holderOf(state.lease);
      return state.stale
        ? { state: 'abandoned', since, why: `${holder} is gone; the next run takes it up again.` }
        : { state: 'processing', since, why: holder };
    }
  }
}

function holderOf({ pid, host, attempt }: { pid: number; host: string; attempt: number }): string {
  return `Process ${String(pid)} on ${host}, attempt ${String(attempt)}`;
}
