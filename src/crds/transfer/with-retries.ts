import { CaldpError } from '../../errors/caldp-error.ts';
import type { RetrySettings } from '../configuration/crds-settings.ts';
import { pause } from '../pause.ts';

/**
 * Does something again when it fails with an error that may pass, as often and as slowly as the settings say.
 *
 * @throws The last error; at once an error that says that trying again cannot help, and the signal's reason.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  options: { readonly retry: RetrySettings; readonly signal: AbortSignal },
): Promise<T> {
  for (let left = options.retry.attempts - 1; ; left -= 1) {
    options.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const passing = error instanceof CaldpError && error.retry !== 'never';
      if (left <= 0 || !passing) throw error;
    }
    await pause(options.retry.delayMs, options);
  }
}
