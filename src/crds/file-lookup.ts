import { basename } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { FitsError } from '../fits/fits-error.ts';
import { crdsError } from './crds-error.ts';
import type { ExposureHeader } from './headers/exposure-header.ts';
import type { HeaderLookup } from './rules/header-lookup.ts';

/** What the rules say about one file, beside what its header says now. */
export interface FileLookup extends HeaderLookup {
  readonly path: string;
  /** Values of the keywords of `updates` as the file has them; absent ones are left out. */
  readonly current: ReadonlyMap<string, string>;
}

/** Puts what the rules say about a file beside what its header says. */
export function fileLookup(
  lookup: HeaderLookup,
  { path, values }: { readonly path: string } & Pick<ExposureHeader, 'values'>,
): FileLookup {
  const current = lookup.updates.flatMap(({ keyword }) => {
    const value = values[keyword];
    return value === undefined ? [] : [[keyword, value] as const];
  });
  return { ...lookup, path, current: new Map(current) };
}

/**
 * Refuses a header in which a keyword that decides holds no value that FITS allows.
 *
 * @throws CaldpError `CRDS_HEADER_INVALID`.
 */
export function refuseUnreadable(
  { unreadable }: Pick<ExposureHeader, 'unreadable'>,
  keywords: readonly string[],
): void {
  const keyword = keywords.find((name) => unreadable.has(name));
  if (keyword === undefined) return;
  throw crdsError('CRDS_HEADER_INVALID', {
    message: `The keyword ${keyword}, by which references are chosen, holds \`${unreadable.get(keyword) ?? ''}\`, which is no FITS value.`,
    advice: 'Fetch the file again from the archive.',
  });
}

/** An error of reading or writing a FITS file, or of what its header says, as one that names the file; any other as it is. */
export function unreadableFile(error: unknown, path: string): unknown {
  if (error instanceof CaldpError) return isOfHeader(error) ? named(error, path) : error;
  const isOfFile = error instanceof Error && 'path' in error && error.path === path;
  if (!isOfFile && !(error instanceof FitsError)) return error;
  return crdsError('CRDS_HEADER_INVALID', {
    message: `References cannot be assigned to \`${basename(path)}\`: ${error.message.replace(/\.?$/, '.')}`,
    advice: adviceFor(error),
    cause: error,
  });
}

function adviceFor(error: Error): string {
  if (!(error instanceof FitsError)) {
    return 'Name a file that is there and that you may read and write.';
  }
  return error.code === 'NOT_SUPPORTED'
    ? 'Give it as an unpacked FITS file.'
    : 'Fetch the file again from the archive.';
}

function isOfHeader({ code }: CaldpError): boolean {
  return code === 'CRDS_HEADER_INVALID' || code === 'CRDS_INSTRUMENT_UNKNOWN';
}

function named({ code, message, advice, exit, cause }: CaldpError, path: string): CaldpError {
  return new CaldpError(`\`${basename(path)}\`: ${message}`, { code, advice, exit, cause });
}
