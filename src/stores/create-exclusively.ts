import { basename, dirname, join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import { systemCode } from '../errors/system-condition.ts';
import { syncFolder } from './durable-folder.ts';
import { placeOfTemporaries, type FileStoreTools } from './file-store-tools.ts';
import { pathExists } from './path-exists.ts';

/** What file systems answer that have no hard links (FAT, some network shares). */
const cannotLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Gives a complete file its final name only where nothing has it; false when something has. A link is made: it fails where
 * the name exists and shows the file whole. Where links are not supported a lock folder makes the check and the rename one.
 */
export async function createExclusively(
  temporary: string,
  options: { readonly path: string; readonly tools: FileStoreTools },
): Promise<boolean> {
  const { path, tools } = options;
  if (!(await linkOrRename(temporary, path, tools))) return false;
  try {
    await syncFolder(dirname(path), tools);
    return true;
  } catch (error) {
    // The caller is going to hear that nothing was created, so nothing may stay.
    await tools.fileSystem.unlink(path);
    throw error;
  }
}

async function linkOrRename(
  temporary: string,
  path: string,
  tools: FileStoreTools,
): Promise<boolean> {
  try {
    await tools.fileSystem.link(temporary, path);
    return true;
  } catch (error) {
    // NFS may lose the answer of a link that was made and then say that the name exists; the count of links tells.
    if ((await tools.fileSystem.stat(temporary)).nlink > 1) return true;
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST' && !(await isFolder(path, tools))) return false;
    if (!cannotLink.has(code)) throw error;
    return renameUnderLock(temporary, path, tools);
  }
}

/** What had the name may be gone by now; it was there when the link was tried, and that is the answer. */
async function isFolder(path: string, { fileSystem }: FileStoreTools): Promise<boolean> {
  try {
    return (await fileSystem.lstat(path)).isDirectory();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function renameUnderLock(
  temporary: string,
  path: string,
  { fileSystem }: FileStoreTools,
): Promise<boolean> {
  const lock = join(placeOfTemporaries(path), `${basename(path)}.caldp-lock`);
  await takeLock(lock, fileSystem);
  try {
    if (await pathExists(path, { fileSystem })) return false;
    await fileSystem.rename(temporary, path);
    return true;
  } finally {
    await fileSystem.rmdir(lock);
  }
}

async function takeLock(lock: string, fileSystem: FileStoreTools['fileSystem']): Promise<void> {
  try {
    await fileSystem.mkdir(lock);
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
    throw new CaldpError(`Another process is creating the file that \`${lock}\` guards.`, {
      code: 'STORE_BUSY',
      advice: 'If no process is at work there, remove that folder; a sweep does so after an hour.',
      retry: 'backoff',
      cause,
    });
  }
}
