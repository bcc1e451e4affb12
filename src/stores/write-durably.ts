import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from '../ports/file-system.ts';

/** Writes a small body to a new file and flushes it to the disk. */
export async function writeDurably(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly body: Uint8Array | string },
): Promise<void> {
  const bytes = typeof options.body === 'string' ? Buffer.from(options.body) : options.body;
  const file = await options.fileSystem.open(path, 'wx');
  try {
    await writeAll(file, bytes);
    await file.sync();
  } finally {
    // NFS tells of a full disk when the file is closed, so this error counts.
    await file.close();
  }
}

/** Writes all of a chunk at the end of a file; the system may take less than it is given. */
export async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, null);
    done += bytesWritten;
  }
}
