import type { PreviewPool } from './preview-pool.ts';
import type { PreviewAnswer, PreviewTask } from './preview-task.ts';

/**
 * Makes previews one after another in the thread that asks, for commands that have nothing else to do: a thread of its own would take 12 MB
 * more. A signal is heeded before a task begins and when it has ended.
 */
export function previewsInThisThread(): PreviewPool {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (task, { signal } = {}) => {
      const answer = last.then(() => runHere(task, signal));
      // Whether a task failed is told to the one who asked for it, not to the next one.
      last = answer.catch(() => undefined);
      return answer;
    },
    close: () => Promise.resolve(),
  };
}

async function runHere(task: PreviewTask, signal: AbortSignal | undefined): Promise<PreviewAnswer> {
  signal?.throwIfAborted();
  const { runPreviewTask } = await import('./preview-worker.ts');
  const answer = await runPreviewTask(task);
  signal?.throwIfAborted();
  return answer;
}
