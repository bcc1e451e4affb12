import type { CaldpErrorOptions } from './caldp-error.ts';

/** What all errors of one kind tell beside their message. */
export type ErrorKind = Omit<CaldpErrorOptions, 'cause'>;
