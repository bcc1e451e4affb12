import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { CaldpError } from '../../errors/caldp-error.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { checkDigest } from '../copy-verified.ts';
import type { SourceFile } from '../store.ts';
import type { Bucket } from './bucket.ts';
import { filePieces } from './file-pieces.ts';
import { beginUpload, type MultipartUpload } from './multipart-upload.ts';
import { headObject, metadataNames } from './object-head.ts';
import { putObject } from './put-object.ts';

/** A file that was read, found to be what was announced, and is about to become an object. */
export interface PreparedUpload {
  /** Makes the object appear, whole, and looks whether it is there. */
  commit(): Promise<void>;
  /** Gives up what was sent; there never was an object. Errors of the store are left to `sweep`. */
  abandon(): Promise<void>;
}

/** How a file is uploaded. */
export interface UploadOptions {
  readonly file: SourceFile;
  readonly fs: FileSystem;
  readonly signal?: AbortSignal | undefined;
}

/** Parts of one file on their way at a time; each is held in memory. */
const partsAtATime = 4;

/** S3 takes 10,000 parts; what is left is room. */
const mostParts = 9_000;

/**
 * Does of an upload all that can be done before anything is visible. A large file is sent in parts, read once, 4 parts in memory;
 * a small one is read for its digest now and again, and checked again, when it is sent.
 *
 * @throws CaldpError `DIGEST_MISMATCH`, `SOURCE_UNREADABLE`, those of `s3Error`; nothing is left then.
 */
export async function prepareUpload(
  bucket: Bucket,
  key: string,
  options: UploadOptions,
): Promise<PreparedUpload> {
  const { file } = options;
  const metadata = { [metadataNames.sha256]: file.sha256 };
  if (file.size < bucket.partSize) {
    await wholeFile(options);
    return {
      commit: async () => {
        const body = await wholeFile(options);
        await putObject(bucket, key, { body, metadata, signal: options.signal });
        await confirm(bucket, key, options);
      },
      abandon: () => Promise.resolve(),
    };
  }
  const upload = await beginUpload(bucket, key, { metadata, signal: options.signal });
  try {
    const parts = await sendParts(bucket, upload, options);
    return {
      commit: async () => {
        await upload.complete(parts);
        await confirm(bucket, key, options);
      },
      abandon: () => upload.abandon(),
    };
  } catch (error) {
    await upload.abandon();
    throw error;
  }
}

async function wholeFile({ file, fs, signal }: UploadOptions): Promise<Buffer> {
  const pieceSize = file.size + 1;
  const pieces: Buffer[] = [];
  const reading = filePieces(file.path, { fs, pieceSize, atMost: file.size, signal });
  for await (const piece of reading) pieces.push(piece);
  const body = pieces[0] ?? Buffer.alloc(0);
  checkDigest(file, {
    size: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  });
  return body;
}

async function sendParts(
  bucket: Bucket,
  upload: MultipartUpload,
  { file, fs, signal }: UploadOptions,
): Promise<readonly CompletedPart[]> {
  const pieceSize = Math.max(bucket.partSize, Math.ceil(file.size / mostParts));
  const hash = createHash('sha256');
  const sent: Promise<CompletedPart>[] = [];
  const underWay = new Set<Promise<void>>();
  // Memory is used again: fresh memory of this size costs more than reading the file.
  const idle: ArrayBufferLike[] = [];
  const memory = (): Buffer => Buffer.from(idle.pop() ?? new ArrayBuffer(pieceSize));
  let size = 0;
  const reading = filePieces(file.path, { fs, pieceSize, memory, atMost: file.size, signal });
  for await (const piece of reading) {
    const part = upload.send(piece, { number: sent.length + 1 });
    sent.push(part);
    const end = (): void => {
      underWay.delete(done);
      idle.push(piece.buffer);
    };
    const done = part.then(end, end);
    underWay.add(done);
    hash.update(piece);
    size += piece.length;
    if (underWay.size >= partsAtATime) await Promise.race([...underWay]);
    upload.throwIfFailed();
  }
  checkDigest(file, { size, sha256: hash.digest('hex') });
  return Promise.all(sent);
}

/** Another whole file in its place, told by its digest, means that somebody else was later. */
async function confirm(
  bucket: Bucket,
  key: string,
  { file, signal }: UploadOptions,
): Promise<void> {
  const head = await headObject(bucket, key, { signal });
  if (head?.size === file.size) return;
  if (head?.sha256 !== undefined && head.sha256 !== file.sha256) return;
  const found = head === undefined ? 'is not there' : `has ${head.size.toFixed()} bytes`;
  throw new CaldpError(
    `\`${key}\` in \`${bucket.uri}\` ${found} although the service said that it stored the ${file.size.toFixed()} bytes of \`${file.path}\`.`,
    {
      code: 'STORE_FAILED',
      advice: 'Look whether something else writes to that bucket; else report it to the service.',
      retry: 'backoff',
      exit: bucket.exit,
    },
  );
}
