import { setTimeout as delay } from 'node:timers/promises';

/** Waits; rejects with the signal's reason when that is aborted before. */
export async function pause(
  milliseconds: number,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  try {
    await delay(milliseconds, undefined, options);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  }
}
