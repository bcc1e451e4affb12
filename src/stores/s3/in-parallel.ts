/** Requests at a time that move whole files. */
const atATime = 2;

/** Does something with all, two at a time; begins nothing more after a failure, and all have ended before its error leaves. */
export async function inParallel<T>(
  items: readonly T[],
  action: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const workers = Array.from({ length: atATime }, async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        await action(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  });
  const bad = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
  if (bad?.status === 'rejected') throw bad.reason;
}
