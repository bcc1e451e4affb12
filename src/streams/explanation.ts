import { firstValueFrom, from } from 'rxjs';
import { reasonsToRun, type DecideTools } from '../operators/skip-finished.ts';
import type { MessageTree } from '../sinks/message-tree.ts';
import type { DatasetSource, Done, SourceItem } from '../sources/dataset-source.ts';
import { capture } from './capture.ts';
import type { DatasetRequest } from './events.ts';
import type { Shutdown } from './shutdown.ts';

/** What would become of one item of a source. */
export interface Explanation {
  /** The dataset, or the text that names none. */
  readonly name: string;
  readonly verdict: 'run' | 'skip' | 'fail';
  /** One sentence each. */
  readonly reasons: readonly string[];
}

/** What explaining needs. */
export interface ExplainTools extends DecideTools {
  readonly messages: MessageTree;
  readonly shutdown: Shutdown;
  readonly force: boolean;
}

/** Says of each dataset whether it would be processed and why, one at a time. Claims nothing and changes nothing. */
export async function* explanations(
  source: DatasetSource,
  tools: ExplainTools,
): AsyncGenerator<Explanation> {
  const signal = tools.shutdown.draining;
  while (!signal.aborted) {
    const item = await firstValueFrom(from(source.next({ signal })));
    if (item.status === 'done') return;
    yield await explain(item, { tools, signal });
  }
}

interface Explaining {
  readonly tools: ExplainTools;
  readonly signal: AbortSignal;
}

async function explain(item: Exclude<SourceItem, Done>, options: Explaining): Promise<Explanation> {
  switch (item.status) {
    case 'rejected':
      return { name: item.text, verdict: 'fail', reasons: [item.error.message] };
    case 'skipped':
      return { name: item.dataset.id, verdict: 'skip', reasons: [item.reason] };
    case 'requested':
      return { name: item.dataset.id, ...(await decide(item, options)) };
  }
}

async function decide(
  { dataset }: DatasetRequest,
  { tools, signal }: Explaining,
): Promise<Omit<Explanation, 'name'>> {
  if (tools.force) return { verdict: 'run', reasons: ['Every dataset runs when forced.'] };
  try {
    const state = await tools.messages.state(dataset, { signal });
    const held = state.status === 'processing' && !state.stale;
    if (held) return { verdict: 'skip', reasons: ['Another process works on it.'] };
    const former = state.status === 'processing' ? state.former : state;
    const reasons = await reasonsToRun(dataset, { former, tools, signal });
    return reasons.length > 0
      ? { verdict: 'run', reasons }
      : { verdict: 'skip', reasons: ['Nothing changed since it was published.'] };
  } catch (error) {
    return { verdict: 'fail', reasons: [capture(error, 'skip-finished').message] };
  }
}
