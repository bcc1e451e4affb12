import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { readChunks } from './read-chunks.ts';

/** Reads a whole file for its size and SHA-256. Holds 1 MiB at a time. */
export async function digestFile(
  path: string,
  options: { readonly fileSystem: FileSystem; readonly signal: AbortSignal },
): Promise<FileDigest> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readChunks(path, options)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name: basename(path), size, sha256: hash.digest('hex') };
}
