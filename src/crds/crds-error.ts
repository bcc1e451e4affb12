import { CaldpError, type RetryClass } from '../errors/caldp-error.ts';

/** What is wrong, for programs. */
export type CrdsErrorCode =
  | 'CRDS_CACHE_FAILED'
  | 'CRDS_CONFIG_INVALID'
  | 'CRDS_CONTEXT_UNKNOWN'
  | 'CRDS_DOWNLOAD_FAILED'
  | 'CRDS_FILE_INVALID'
  | 'CRDS_HEADER_INVALID'
  | 'CRDS_INSTRUMENT_UNKNOWN'
  | 'CRDS_REFERENCE_BAD'
  | 'CRDS_REFERENCE_FAILED'
  | 'CRDS_REFERENCE_MISSING'
  | 'CRDS_RULES_MISSING'
  | 'CRDS_RULES_PICKLED'
  | 'CRDS_RULES_UNKNOWN'
  | 'CRDS_SERVER_FAILED';

/** Makes an error of reference assignment; it fails the dataset with `BESTREFS_ERROR`. */
export function crdsError(
  code: CrdsErrorCode,
  options: {
    /** A full sentence: what happened, to what, what was expected. */
    readonly message: string;
    /** What the user can do. */
    readonly advice: string;
    readonly retry?: RetryClass;
    readonly cause?: unknown;
  },
): CaldpError {
  return new CaldpError(options.message, {
    code,
    advice: options.advice,
    exit: 'BESTREFS_ERROR',
    retry: options.retry ?? 'never',
    cause: options.cause,
  });
}
