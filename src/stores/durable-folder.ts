import { dirname } from 'node:path';
import { systemCode } from '../errors/system-condition.ts';
import type { FileSystem } from '../ports/file-system.ts';

/** What file systems answer that cannot flush a folder. */
const cannotSync = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Flushes the names in a folder to the disk: only then does a rename survive a crash of the machine. */
export async function syncFolder(
  path: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const folder = await options.fileSystem.open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // EINVAL and its like: the file system (some network shares) has no such call and keeps names in its own way.
    if (!cannotSync.has(systemCode(error) ?? '')) throw error;
  } finally {
    await folder.close();
  }
}

/** Makes a folder and those above it, and makes sure that they survive a crash of the machine. */
export async function ensureFolder(
  path: string,
  options: { readonly fileSystem: FileSystem },
): Promise<void> {
  const first = await options.fileSystem.mkdir(path, { recursive: true });
  if (first === undefined) return;
  const top = dirname(first);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    await syncFolder(folder, options);
    if (folder === top || folder === dirname(folder)) return;
  }
}
