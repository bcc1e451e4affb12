import type { CompletedPart } from '@aws-sdk/client-s3';
import type { FileSystem } from '../../ports/file-system.ts';
import { checkDigest } from '../copy-verified.ts';
import type { PlainFile } from '../store.ts';
import type { PartDigests } from './digest-parts.ts';
import { filePieces } from './file-pieces.ts';
import type { MultipartUpload } from './multipart-upload.ts';

/** Parts of one file on their way at a time; each is held in memory. */
const partsAtATime = 4;

/**
 * Sends a file in parts, each under the digest that it had when it was read before.
 *
 * @throws CaldpError `DIGEST_MISMATCH` when its length changed, `SOURCE_UNREADABLE`, those of `s3Error`.
 */
export async function sendParts(
  upload: MultipartUpload,
  options: {
    readonly file: PlainFile;
    readonly fileSystem: FileSystem;
    readonly partSize: number;
    readonly parts: PartDigests;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<readonly CompletedPart[]> {
  const { file, fileSystem, partSize, parts, signal } = options;
  const { digest } = parts;
  const sent: Promise<CompletedPart>[] = [];
  const underWay = new Set<Promise<void>>();
  // Memory is used again: fresh memory of this size costs more than reading the file.
  const idle: ArrayBufferLike[] = [];
  const memory = (): Buffer => Buffer.from(idle.pop() ?? new ArrayBuffer(partSize));
  const pieces = { fileSystem, pieceSize: partSize, memory, atMost: digest.size, signal };
  let size = 0;
  for await (const piece of filePieces(file.path, pieces)) {
    const number = sent.length + 1;
    size += piece.length;
    const part = upload.send(piece, { number, sha256: parts.parts[sent.length] ?? '' });
    sent.push(part);
    const end = (): void => {
      underWay.delete(done);
      idle.push(piece.buffer);
    };
    const done = part.then(end, end);
    underWay.add(done);
    if (underWay.size >= partsAtATime) await Promise.race([...underWay]);
    upload.throwIfFailed();
  }
  checkDigest({ ...digest, path: file.path }, { ...digest, size });
  return Promise.all(sent);
}
