import { basename, dirname, join } from 'node:path';
import { fromSystemError } from '../../errors/system-error.ts';
import type { RetrySettings } from '../configuration/crds-settings.ts';
import { download, type DownloadOptions } from '../transfer/download.ts';
import { withRetries } from '../transfer/with-retries.ts';
import { cachedState, type CachedState } from './cached-file.ts';
import { withFileLock } from './file-lock.ts';

/** How a file gets into the cache. */
export interface FetchOnceOptions extends DownloadOptions {
  readonly retry: RetrySettings;
  readonly verify: 'size' | 'content';
}

/** How a file came to be in the cache. */
export type FetchOutcome = { readonly size: number; readonly fetched: boolean };

/**
 * Makes sure that the cache holds a file, good by its size or content; of all processes that want it one fetches it and the
 * others wait for that one. A file that is wrong is replaced.
 *
 * @throws CaldpError `CRDS_DOWNLOAD_FAILED` when it cannot be fetched or is not what the server promises; then the cache holds none,
 *   or the one that it held.
 */
export async function fetchOnce(
  uri: string,
  path: string,
  options: FetchOnceOptions,
): Promise<FetchOutcome> {
  const before = await cachedState(path, options);
  if (before.status === 'good') return { size: before.size, fetched: false };
  await makeFolder(dirname(path), options);
  return withFileLock(lockPath(path), () => fetchUnderLock(uri, path, options), options);
}

async function fetchUnderLock(
  uri: string,
  path: string,
  options: FetchOnceOptions,
): Promise<FetchOutcome> {
  const now = await cachedState(path, options);
  if (now.status === 'good') return { size: now.size, fetched: false };
  await removeLeftovers(path, options);
  await withRetries(() => download(uri, path, options), options);
  return { size: await sizeOf(path, options), fetched: true };
}

async function sizeOf(path: string, options: FetchOnceOptions): Promise<number> {
  const state: CachedState = await cachedState(path, { ...options, verify: 'size' });
  return state.status === 'good' ? state.size : 0;
}

async function makeFolder(folder: string, { fileSystem }: FetchOnceOptions): Promise<void> {
  try {
    await fileSystem.mkdir(folder, { recursive: true });
  } catch (error) {
    throw fromSystemError(error) ?? error;
  }
}

function lockPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.lock`);
}

/** What a process that was killed left of this file; nobody else writes it while the lock is held. */
async function removeLeftovers(path: string, { fileSystem }: FetchOnceOptions): Promise<void> {
  const start = `.${basename(path)}.`;
  for (const name of await fileSystem.readdir(dirname(path))) {
    if (name.startsWith(start) && name.endsWith('.tmp')) {
      await fileSystem.rm(join(dirname(path), name), { force: true });
    }
  }
}
