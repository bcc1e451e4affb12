import { randomUUID } from 'node:crypto';
import { systemCode } from '../../errors/system-condition.ts';
import { thisProcess, type ProcessIdentity } from '../../system/process-identity.ts';
import { isMissing } from '../../inputs/is-missing.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { isStale, parseOwner, type LockOwner } from './lock-owner.ts';
import { pause } from '../pause.ts';

const pollMs = 50;
const heartbeatMs = 20_000;

/**
 * Runs work while no other process that asks for the same lock runs its own. The lock is a file that names its owner; it is
 * waited for as long as the owner lives (`isStale`), and taken from one that is gone, so a process that is killed holds up
 * nobody. Needs a file system with hard links.
 *
 * @throws What the work throws, the signal's reason, the system's own errors.
 */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  options: { readonly fileSystem: FileSystem; readonly signal: AbortSignal },
): Promise<T> {
  const token = await acquire(path, options);
  const stop = await startHeartbeat(path, options.fileSystem);
  try {
    return await work();
  } finally {
    await stop();
    await release(path, { ...options, token });
  }
}

async function acquire(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly signal: AbortSignal },
): Promise<string> {
  const self = await thisProcess({ fileSystem: options.fileSystem });
  const owner: LockOwner = { ...self, token: randomUUID() };
  const text = JSON.stringify(owner);
  for (;;) {
    options.signal.throwIfAborted();
    if (await create(path, text, options.fileSystem)) return text;
    await removeIfStale(path, { fileSystem: options.fileSystem, self });
    await pause(pollMs, options);
  }
}

/** Makes the lock with its text at once: a link of a file that is complete. */
async function create(path: string, text: string, fileSystem: FileSystem): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  await fileSystem.writeFile(temporary, text, { flag: 'wx' });
  try {
    await fileSystem.link(temporary, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await fileSystem.unlink(temporary);
  }
}

async function removeIfStale(
  path: string,
  { fileSystem, self }: { readonly fileSystem: FileSystem; readonly self: ProcessIdentity },
): Promise<void> {
  const text = await textOf(path, fileSystem);
  if (text === undefined) return;
  const ageMs = await ageOf(path, fileSystem);
  if (await isStale(parseOwner(text), { ageMs, self, fileSystem }))
    await takeAway(path, text, fileSystem);
}

async function ageOf(path: string, fileSystem: FileSystem): Promise<number> {
  try {
    return Date.now() - (await fileSystem.stat(path)).mtimeMs;
  } catch (error) {
    // It was given up meanwhile.
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Two processes may judge the same lock at once: what was moved away is looked at again, and put back if it is another one. */
async function takeAway(path: string, text: string, fileSystem: FileSystem): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await fileSystem.rename(path, aside);
  } catch (error) {
    // Another process took it away first.
    if (isMissing(error)) return;
    throw error;
  }
  if ((await textOf(aside, fileSystem)) !== text) await putBack(aside, path, fileSystem);
  await fileSystem.unlink(aside);
}

async function putBack(aside: string, path: string, fileSystem: FileSystem): Promise<void> {
  try {
    await fileSystem.link(aside, path);
  } catch (error) {
    // A third process made a lock meanwhile: two then fetch the same file, and the later rename wins with equal bytes.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function startHeartbeat(path: string, fileSystem: FileSystem): Promise<() => Promise<void>> {
  const handle = await fileSystem.open(path, 'r');
  const timer = setInterval(() => {
    const now = new Date();
    handle.utimes(now, now).catch(() => {
      // Only other hosts look at the time, and they take the lock when it stops: then the work is done twice, not wrong.
    });
  }, heartbeatMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await handle.close();
  };
}

async function release(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly token: string },
): Promise<void> {
  if ((await textOf(path, options.fileSystem)) !== options.token) return;
  await options.fileSystem.rm(path, { force: true });
}

async function textOf(path: string, fileSystem: FileSystem): Promise<string | undefined> {
  try {
    return await fileSystem.readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
