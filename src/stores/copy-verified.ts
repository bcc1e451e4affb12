import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { CaldpError } from '../errors/caldp-error.ts';
import { systemCode } from '../errors/system-condition.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from '../system/digest-file.ts';
import { readChunks } from '../system/read-chunks.ts';
import { sourceUnreadable } from './store-error.ts';
import type { PlainFile, SourceFile } from './store.ts';
import { writeAll } from './write-durably.ts';

interface CopyOptions {
  readonly fileSystem: FileSystem;
  /** A path where nothing is. */
  readonly target: string;
  readonly signal?: AbortSignal | undefined;
}

/** Below this size a clone saves nothing. */
const cloneFrom = 1024 * 1024;

/** What a file system answers that cannot clone, or not from there to here. */
const cannotClone = new Set([
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'ENOTTY',
  'EXDEV',
  'EINVAL',
  'EPERM',
]);

/**
 * Copies a file to a new path, takes length and SHA-256 of what was written, checks them where they were announced, and flushes it
 * to the disk.
 *
 * Large files are cloned where the file system can share blocks (XFS, Btrfs, APFS), then read once for the digest;
 * elsewhere one pass reads, hashes and writes 1 MiB at a time. The source is never linked or moved: it stays as it is for
 * a retry or for a user who kept it, and what that user does to it later cannot reach what was stored.
 *
 * @throws CaldpError `DIGEST_MISMATCH` when the file is not the one that was announced, `SOURCE_UNREADABLE`.
 */
export async function copyVerified(
  source: PlainFile | SourceFile,
  options: CopyOptions,
): Promise<FileDigest> {
  const from = await openSource(source, options.fileSystem);
  try {
    const size = 'size' in source ? source.size : (await from.stat()).size;
    if (size >= cloneFrom && (await clone(source, options))) {
      const found = { ...(await digestFile(options.target, options)), name: source.name };
      checkAnnounced(source, found);
      await flush(options);
      return found;
    }
    return await copyThrough(source, { ...options, from });
  } finally {
    await from.close();
  }
}

async function clone(source: PlainFile, { fileSystem, target }: CopyOptions): Promise<boolean> {
  const place = await fileSystem.open(target, 'wx');
  const { mode } = await place.stat().finally(() => place.close());
  try {
    await fileSystem.copyFile(source.path, target, constants.COPYFILE_FICLONE_FORCE);
  } catch (error) {
    if (!cannotClone.has(systemCode(error) ?? '')) throw error;
    await fileSystem.rm(target, { force: true });
    return false;
  }
  // A clone takes over the permissions of the source; what is stored has those of a new file.
  await fileSystem.chmod(target, mode & 0o777);
  return true;
}

async function flush({ fileSystem, target }: CopyOptions): Promise<void> {
  const file = await fileSystem.open(target, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function copyThrough(
  source: PlainFile | SourceFile,
  options: CopyOptions & { readonly from: FileHandle },
): Promise<FileDigest> {
  const to = await options.fileSystem.open(options.target, 'wx');
  try {
    const found = await pump(options.from, { to, source, signal: options.signal });
    checkAnnounced(source, found);
    await to.sync();
    return found;
  } finally {
    // NFS tells of a full disk when the file is closed, so this error counts.
    await to.close();
  }
}

async function pump(
  from: FileHandle,
  options: {
    readonly to: FileHandle;
    readonly source: PlainFile | SourceFile;
    readonly signal: AbortSignal | undefined;
  },
): Promise<FileDigest> {
  const { to, source } = options;
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readChunks(from, options)) {
    const writing = writeAll(to, chunk);
    hash.update(chunk);
    await writing;
    size += chunk.length;
    if ('size' in source && size > source.size) break;
  }
  return { name: source.name, size, sha256: hash.digest('hex') };
}

async function openSource(source: PlainFile, fileSystem: FileSystem): Promise<FileHandle> {
  try {
    return await fileSystem.open(source.path, 'r');
  } catch (cause) {
    throw sourceUnreadable(source.path, cause);
  }
}

function checkAnnounced(source: PlainFile | SourceFile, found: FileDigest): void {
  if ('sha256' in source) checkDigest(source, found);
}

/**
 * Makes sure that what was read of a file is what was announced.
 *
 * @throws CaldpError `DIGEST_MISMATCH`
 */
export function checkDigest(source: SourceFile, found: Pick<FileDigest, 'size' | 'sha256'>): void {
  if (found.size === source.size && found.sha256 === source.sha256) return;
  const why =
    found.size === source.size
      ? `SHA-256 ${found.sha256}, expected ${source.sha256}`
      : `${found.size > source.size ? 'at least ' : ''}${found.size.toFixed()} bytes, expected ${source.size.toFixed()}`;
  throw new CaldpError(
    `\`${source.path}\` is not what was to be stored as \`${source.name}\`: it has ${why}.`,
    {
      code: 'DIGEST_MISMATCH',
      advice:
        'Nothing was stored. Look whether something else writes to the work directory, then run again.',
      retry: 'now',
    },
  );
}
