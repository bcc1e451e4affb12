import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { PreviewAnswer, PreviewTask } from './preview-task.ts';
import { workerEntry } from './worker-entry.ts';

/** Threads that make previews, so that the event loop never has to. */
export interface PreviewPool {
  /**
   * Does one task in a thread of its own; more tasks than threads wait. Rejects with the reason of the signal when that aborts,
   * which ends the thread, and with the error of a thread that ended by itself.
   */
  run(
    task: PreviewTask,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<PreviewAnswer>;
  /** Ends the threads; work that is under way is given up. */
  close(): Promise<void>;
}

/**
 * Room for short-lived objects of a thread, in megabytes: pixels do not lie there, and more would only delay that memory is given
 * back.
 */
const maxYoungGenerationSizeMb = 4;

/** How long a thread without work is kept, in milliseconds. */
const idleTimeout = 5_000;

/**
 * Makes a pool. Threads start with the first task and end when they have been idle for five seconds.
 *
 * @param options.threads - how many previews are made at a time; default one for each CPU, at most two. Each may hold the
 * pixels of one image (of three for colour) as single precision, and half as much again.
 */
export function createPreviewPool(options: { readonly threads?: number } = {}): PreviewPool {
  const { threads = Math.min(2, availableParallelism()) } = options;
  const { filename, execArgv } = workerEntry();
  const pool = new Piscina<PreviewTask, PreviewAnswer>({
    filename,
    execArgv: [...execArgv],
    name: 'runPreviewTask',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout,
    resourceLimits: { maxYoungGenerationSizeMb },
  });
  // A thread that cannot even start belongs to no task: without this, every task would wait for it for ever.
  const broken = new Promise<never>((_, reject) => {
    pool.once('error', reject);
  });
  broken.catch(() => pool.destroy());
  return {
    run: async (task, { signal } = {}) => {
      signal?.throwIfAborted();
      try {
        return await Promise.race([pool.run(task, { signal: signal ?? null }), broken]);
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
}
