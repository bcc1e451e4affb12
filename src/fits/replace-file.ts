import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryName } from './temporary-name.ts';

const copyBytes = 1 << 20;

/** Bytes that take the place of those between two positions. */
interface Replacement {
  /** The open file that is to be replaced. */
  readonly handle: FileHandle;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** Zeros to add at the end. */
  readonly pad: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Replaces a file by one in which other bytes stand between two positions, whole or not at all: a temporary file beside it is
 * written, synced and renamed. Permissions stay.
 */
export async function replaceFile(path: string, replacement: Replacement): Promise<void> {
  const temporary = temporaryName(path);
  const { mode, size } = await replacement.handle.stat();
  const target = await open(temporary, 'wx', mode & 0o777);
  try {
    await writeAll(target, { ...replacement, size });
    await target.chmod(mode & 0o777);
    await target.sync();
    await target.close();
    await rename(temporary, path);
  } catch (error) {
    await target.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeAll(
  target: FileHandle,
  options: Replacement & { readonly size: number },
): Promise<void> {
  const { handle, bytes, from, to, size, pad, signal } = options;
  await copyPart(handle, { target, from: 0, to: from, signal });
  await target.appendFile(bytes);
  await copyPart(handle, { target, from: to, to: size, signal });
  await target.appendFile(Buffer.alloc(pad));
}

async function copyPart(
  source: FileHandle,
  options: {
    readonly target: FileHandle;
    readonly from: number;
    readonly to: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { target, from, to, signal } = options;
  const buffer = Buffer.allocUnsafe(Math.min(copyBytes, to - from));
  for (let position = from; position < to;) {
    signal?.throwIfAborted();
    const length = Math.min(buffer.length, to - position);
    const { bytesRead } = await source.read(buffer, 0, length, position);
    if (bytesRead === 0)
      throw new Error(`Expected ${to} bytes to copy, the file ends at ${position}.`);
    await target.appendFile(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
