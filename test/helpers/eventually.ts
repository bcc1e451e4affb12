import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is defined, and answers it; fails after `within` milliseconds. */
export async function eventually<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  options: { readonly within?: number; readonly what: string },
): Promise<T> {
  const deadline = performance.now() + (options.within ?? 10_000);
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${options.what}.`);
    await delay(10);
  }
}
