import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { readChunks } from './read-chunks.ts';

/** Size and SHA-256 of a file, read 1 MiB at a time; the event loop is free between chunks. */
export async function digestFile(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly signal?: AbortSignal | undefined },
): Promise<FileDigest> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await options.fileSystem.open(path, 'r');
  try {
    for await (const chunk of readChunks(file, options)) {
      hash.update(chunk);
      size += chunk.length;
    }
  } finally {
    await file.close();
  }
  return { name: basename(path), size, sha256: hash.digest('hex') };
}
