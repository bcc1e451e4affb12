import type { Store, TransferOptions } from '../stores/store.ts';
import { parseErrorMessage } from './error-message.ts';
import type { Layout } from './layout.ts';
import type { Lease } from './lease.ts';
import type { SettledState } from './message-tree.ts';

interface SettledOptions extends TransferOptions {
  readonly store: Store;
  readonly layout: Layout;
  /** The lease of an attempt that ended without removing it. */
  readonly interrupted?: Lease | undefined;
}

/**
 * What the messages of a dataset say, apart from a lease.
 *
 * A process that dies while it replaces one message by another leaves both. An error then counts if it was written by the
 * interrupted attempt, or if nothing tells; of the others the earlier counts, so that what follows is rather done twice.
 */
export async function settledState(id: string, options: SettledOptions): Promise<SettledState> {
  const [error, done] = await Promise.all([errorState(id, options), doneState(id, options)]);
  if (error === undefined) return done;
  if (done.status === 'none' || options.interrupted === undefined) return error;
  if (error.status !== 'error' || error.error === undefined) return error;
  return error.error.attempt >= options.interrupted.attempt ? error : done;
}

async function errorState(id: string, options: SettledOptions): Promise<SettledState | undefined> {
  const { store, layout } = options;
  const key = layout.messageKey('error', id);
  const body = await store.read(key, options);
  if (body === undefined) return undefined;
  const since = (await store.stat(key, options))?.modified ?? new Date(0);
  const parsed = parseErrorMessage(body);
  return parsed.status === 'ok'
    ? { status: 'error', since, error: parsed.record }
    : { status: 'error', since, problem: parsed.problem };
}

async function doneState(id: string, options: SettledOptions): Promise<SettledState> {
  const { store, layout } = options;
  for (const status of ['processed', 'synced', 'archived'] as const) {
    const entry = await store.stat(layout.messageKey(status, id), options);
    if (entry !== undefined) return { status, since: entry.modified };
  }
  return { status: 'none' };
}
