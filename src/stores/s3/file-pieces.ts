import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from '../../ports/file-system.ts';
import { sourceUnreadable } from '../store-error.ts';

/**
 * The bytes of a local file in pieces of `pieceSize`, the last one smaller; each in memory of its own, from `memory` where that is given. An empty file has none.
 * Stops behind `atMost` bytes, so that a file that grows ends.
 *
 * @throws CaldpError `SOURCE_UNREADABLE`
 */
export async function* filePieces(
  path: string,
  options: {
    readonly fileSystem: FileSystem;
    readonly pieceSize: number;
    /** Gives memory of `pieceSize` bytes that nobody uses. */
    readonly memory?: () => Buffer;
    readonly atMost: number;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<Buffer> {
  const { fileSystem, pieceSize, atMost, signal } = options;
  const memory = options.memory ?? (() => Buffer.allocUnsafe(pieceSize));
  const file = await readable(path, () => fileSystem.open(path, 'r'));
  try {
    for (let position = 0; position <= atMost;) {
      signal?.throwIfAborted();
      const piece = memory();
      const from = position;
      const length = await readable(path, () => fill(piece, { file, from }));
      if (length > 0) yield piece.subarray(0, length);
      if (length < pieceSize) return;
      position += length;
    }
  } finally {
    await file.close();
  }
}

/** The system may give less than is asked for before the end of a file. */
async function fill(
  piece: Buffer,
  { file, from }: { readonly file: FileHandle; readonly from: number },
): Promise<number> {
  let length = 0;
  while (length < piece.length) {
    const { bytesRead } = await file.read(piece, length, piece.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

async function readable<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw sourceUnreadable(path, error);
  }
}
