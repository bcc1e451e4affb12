import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';
import { isMissing } from './is-missing.ts';

const prefix = '.removing-';

/**
 * Removes a work directory: renames it first, so that what a crash leaves of it cannot be taken for an attempt that failed.
 * Fine when it is not there.
 */
export async function removeDirectory(
  path: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const { fileSystem } = options;
  const marked = join(dirname(path), `${prefix}${randomUUID()}`);
  try {
    await fileSystem.rename(path, marked);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await removeMarked(marked, fileSystem);
}

/** Removes what an earlier process began to remove among the attempts of one dataset. */
export async function removeRemains(
  attempts: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const names = await options.fileSystem.readdir(attempts);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    await removeMarked(join(attempts, name), options.fileSystem);
  }
}

async function removeMarked(path: string, fileSystem: FileSystem): Promise<void> {
  // NFS keeps a file that is still open under another name for a moment: ENOTEMPTY and EBUSY pass by themselves.
  await fileSystem.rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
}
