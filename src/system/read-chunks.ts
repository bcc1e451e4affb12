import type { FileHandle } from 'node:fs/promises';

const chunkSize = 1024 * 1024;

/**
 * The bytes of an open file from its beginning, 1 MiB at a time. The same memory holds every chunk: use it before
 * asking for the next one.
 */
export async function* readChunks(
  file: FileHandle,
  options: { readonly signal?: AbortSignal | undefined },
): AsyncGenerator<Buffer> {
  const memory = Buffer.allocUnsafe(chunkSize);
  let position = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const { bytesRead } = await file.read(memory, 0, chunkSize, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield memory.subarray(0, bytesRead);
  }
}
