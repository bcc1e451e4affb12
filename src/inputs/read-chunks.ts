import type { FileSystem } from '../ports/file-system.ts';

const chunkBytes = 1024 * 1024;

/** Reads a file from start to end in pieces of 1 MiB; looks at the signal before each. The caller may keep the pieces. */
export async function* readChunks(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly signal: AbortSignal },
): AsyncGenerator<Buffer, void, undefined> {
  const file = await options.fileSystem.open(path, 'r');
  try {
    for (;;) {
      options.signal.throwIfAborted();
      const buffer = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
