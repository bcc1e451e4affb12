import { createHash } from 'node:crypto';
import type { FileDigest } from '../../ports/file-digest.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import type { PlainFile } from '../store.ts';
import { filePieces } from './file-pieces.ts';
import { sha256Of } from './sha256-of.ts';

/** The digests of a file and of the parts that it is sent in. */
export interface PartDigests {
  readonly digest: FileDigest;
  /** SHA-256 of each part, hexadecimal. */
  readonly parts: readonly string[];
}

/**
 * Reads a file for its digests. Those of the parts are taken in the thread pool while the whole is hashed here; two parts are in memory.
 *
 * @throws CaldpError `SOURCE_UNREADABLE`
 */
export async function digestParts(
  { name, path }: PlainFile,
  options: {
    readonly fileSystem: FileSystem;
    readonly partSize: number;
    /** Reading stops behind so many bytes, so that a file that grows ends. */
    readonly atMost: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<PartDigests> {
  const hash = createHash('sha256');
  const parts: string[] = [];
  let size = 0;
  // Memory is used again: fresh memory of this size costs more than reading the file.
  const idle = [Buffer.allocUnsafe(options.partSize), Buffer.allocUnsafe(options.partSize)];
  let turn = 0;
  const memory = (): Buffer => idle[(turn += 1) % idle.length] ?? Buffer.alloc(options.partSize);
  let before: Promise<unknown> = Promise.resolve();
  const reading = filePieces(path, { ...options, pieceSize: options.partSize, memory });
  for await (const piece of reading) {
    const index = parts.push('') - 1;
    const part = sha256Of(piece).then((sha256) => {
      parts[index] = sha256;
    });
    hash.update(piece);
    size += piece.length;
    await before;
    before = part;
  }
  await before;
  return { digest: { name, size, sha256: hash.digest('hex') }, parts };
}
