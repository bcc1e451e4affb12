import type { RetryClass } from '../errors/caldp-error.ts';

/** How often and how patiently a step is tried again. */
export interface RetryPolicy {
  /** Further tries after the first; 0 for none. */
  readonly retries: number;
  /** Milliseconds before the first further try of class `backoff`; doubled each time. */
  readonly firstDelay: number;
  /** Milliseconds that no delay exceeds. */
  readonly longestDelay: number;
}

/** Three further tries after 1, 2 and 4 seconds. */
export const defaultRetryPolicy: RetryPolicy = {
  retries: 3,
  firstDelay: 1000,
  longestDelay: 30_000,
};

/**
 * Milliseconds to wait before a failed step is tried again, or undefined when it is not.
 *
 * @param retry - the class of the error it failed with
 * @param options.failures - how often the step has failed by now, 1 or more
 */
export function retryDelay(
  retry: RetryClass,
  options: { readonly failures: number; readonly policy: RetryPolicy },
): number | undefined {
  const { failures, policy } = options;
  if (failures > policy.retries) return undefined;
  switch (retry) {
    case 'never':
      return undefined;
    case 'now':
      return 0;
    case 'backoff':
      return Math.min(policy.firstDelay * 2 ** (failures - 1), policy.longestDelay);
  }
}
