import type { PreviewPool } from './jobs/preview-pool.ts';
import type { PreviewAnswer, PreviewTask } from './jobs/preview-task.ts';
import { problemOf } from './jobs/problem-of.ts';

/**
 * Does a task in a thread. A thread that ends by itself gives a problem, so that it takes no other preview with it.
 *
 * @throws the reason of the signal where that aborts.
 */
export async function runInPool(
  task: PreviewTask,
  options: {
    readonly pool: PreviewPool;
    readonly sources: readonly string[];
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PreviewAnswer> {
  const { pool, sources, signal } = options;
  try {
    return await pool.run(task, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'problem', problem: problemOf(error, { sources }) };
  }
}
