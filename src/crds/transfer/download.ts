import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fromSystemError } from '../../errors/system-error.ts';
import { temporaryName } from '../../fits/temporary-name.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { crdsError } from '../crds-error.ts';
import { fetcherFor, type Fetchers } from './fetchers.ts';

/** What the bytes of a file must be; what is undefined is not checked. */
export interface ExpectedBytes {
  readonly size: number | undefined;
  /** Hexadecimal. */
  readonly sha1: string | undefined;
}

/** What a download works with. */
export interface DownloadOptions {
  readonly fileSystem: FileSystem;
  readonly fetchers: Fetchers;
  readonly signal: AbortSignal;
  readonly expected: ExpectedBytes;
  /** Called with the number of bytes that have arrived, after each chunk. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Brings a file under a temporary name beside the target, checks its size and SHA-1, syncs it and renames it: the target is there
 * whole or not at all. Holds one chunk. When it throws, nothing is left.
 *
 * @throws CaldpError `CRDS_DOWNLOAD_FAILED`, with `retry: 'backoff'` where trying again can help, or the system's error.
 */
export async function download(
  uri: string,
  target: string,
  options: DownloadOptions,
): Promise<void> {
  const { fileSystem } = options;
  const temporary = temporaryName(target);
  try {
    await fileSystem.mkdir(dirname(target), { recursive: true });
    await fetchInto(temporary, uri, options);
    await fileSystem.rename(temporary, target);
    await syncFolder(dirname(target), fileSystem);
  } catch (error) {
    await fileSystem.rm(temporary, { force: true });
    throw fromSystemError(error) ?? error;
  }
}

async function fetchInto(path: string, uri: string, options: DownloadOptions): Promise<void> {
  const { chunks } = await fetcherFor(uri, options.fetchers).open(uri, options);
  const hash = createHash('sha1');
  const file = await options.fileSystem.open(path, 'wx', 0o644);
  try {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      checkSize(uri, { size, limit: options.expected.size, over: 'too many' });
      hash.update(chunk);
      await file.writeFile(chunk);
      options.onBytes?.(size);
    }
    checkSize(uri, { size, limit: options.expected.size, over: 'any difference' });
    checkSum(uri, { sha1: hash.digest('hex'), expected: options.expected.sha1 });
    await file.sync();
  } finally {
    await file.close();
  }
}

function checkSize(
  uri: string,
  options: {
    readonly size: number;
    readonly limit: number | undefined;
    readonly over: 'too many' | 'any difference';
  },
): void {
  const { size, limit } = options;
  if (limit === undefined || size === limit) return;
  if (options.over === 'too many' && size < limit) return;
  throw mismatch(uri, `it has ${size} bytes${size > limit ? ' or more' : ''}, expected ${limit}`);
}

function checkSum(
  uri: string,
  options: { readonly sha1: string; readonly expected: string | undefined },
): void {
  if (options.expected === undefined || options.sha1 === options.expected) return;
  throw mismatch(uri, `its SHA-1 is \`${options.sha1}\`, expected \`${options.expected}\``);
}

function mismatch(uri: string, reason: string): Error {
  return crdsError('CRDS_DOWNLOAD_FAILED', {
    message: `What came from \`${uri}\` is not the file that the server promises: ${reason}.`,
    advice: 'Run again; when it stays so, a proxy or the server gives a damaged file.',
    retry: 'backoff',
  });
}

async function syncFolder(path: string, fileSystem: FileSystem): Promise<void> {
  const folder = await fileSystem.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
