/**
 * Works on items, a few at a time, and gives the results in the order of the items. When one fails the others that run are aborted
 * and waited for; no more are begun.
 *
 * @throws The first error.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
  options: { readonly atOnce: number; readonly signal: AbortSignal },
): Promise<readonly Result[]> {
  const controller = new AbortController();
  const signal = AbortSignal.any([options.signal, controller.signal]);
  const queue = items.entries();
  const results = new Map<number, Result>();
  const lane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      signal.throwIfAborted();
      results.set(index, await work(item, index, signal));
    }
  };
  const lanes = Array.from({ length: Math.min(options.atOnce, items.length) }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    controller.abort(error);
    await Promise.allSettled(lanes);
    throw error;
  }
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
