/** What is wrong, for programs. */
export type FitsErrorCode =
  | 'NOT_FITS'
  | 'TRUNCATED'
  | 'BAD_HEADER'
  | 'MISSING_KEYWORD'
  | 'BAD_VALUE'
  | 'BAD_TABLE'
  | 'NO_SUCH_HDU'
  | 'WRONG_KIND'
  | 'NOT_SUPPORTED'
  | 'TOO_LARGE'
  | 'WRONG_DATA'
  | 'HALF_WRITTEN';

/** Where in a file something was found. */
export interface FitsPlace {
  readonly file: string;
  /** Counted from 0, the primary. */
  readonly hdu?: number;
  /** In bytes from the start of the (unpacked) file. */
  readonly offset?: number;
}

/**
 * A file that is not what FITS, or the caller, expects. The message names the file, the HDU, the byte and what was expected.
 * Failures of the disk itself (`ENOENT`, `ENOSPC`, ...) stay the system's own errors.
 */
export class FitsError extends Error implements FitsPlace {
  override readonly name = 'FitsError';
  readonly code: FitsErrorCode;
  readonly file: string;
  readonly hdu?: number;
  readonly offset?: number;

  constructor(
    reason: string,
    options: FitsPlace & { readonly code: FitsErrorCode; readonly cause?: unknown },
  ) {
    super(
      `${describePlace(options)}: ${reason}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = options.code;
    this.file = options.file;
    if (options.hdu !== undefined) this.hdu = options.hdu;
    if (options.offset !== undefined) this.offset = options.offset;
  }
}

function describePlace({ file, hdu, offset }: FitsPlace): string {
  const parts = [`\`${file}\``];
  if (hdu !== undefined) parts.push(`HDU ${hdu}`);
  if (offset !== undefined) parts.push(`byte ${offset}`);
  return parts.join(', ');
}
