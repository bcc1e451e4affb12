import { CaldpError } from '../../errors/caldp-error.ts';
import type { FileDigest } from '../../ports/file-digest.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { checkDigest } from '../copy-verified.ts';
import { sourceUnreadable } from '../store-error.ts';
import type { PlainFile, SourceFile } from '../store.ts';
import type { Bucket } from './bucket.ts';
import { digestParts, type PartDigests } from './digest-parts.ts';
import { filePieces } from './file-pieces.ts';
import { beginUpload } from './multipart-upload.ts';
import { headObject, metadataNames } from './object-head.ts';
import { putObject } from './put-object.ts';
import { sendParts } from './send-parts.ts';
import { sha256Of } from './sha256-of.ts';

/** A file that was read and is about to become an object. */
export interface PreparedUpload {
  /** Of what is sent. */
  readonly digest: FileDigest;
  /** Makes the object appear, whole, and looks whether it is there. */
  commit(): Promise<void>;
  /** Gives up what was sent; there never was an object. Errors of the store are left to `sweep`. */
  abandon(): Promise<void>;
}

/** How a file is uploaded. */
export interface UploadOptions {
  readonly file: PlainFile | SourceFile;
  readonly fileSystem: FileSystem;
  readonly signal?: AbortSignal | undefined;
}

/** S3 takes 10,000 parts; what is left is room. */
const mostParts = 9_000;

/**
 * Does of an upload all that can be done before anything is visible. Each file is read twice: for its digest, which is checked where
 * one was announced and is kept with the object, and to be sent. What is sent is signed with the digests of the first reading, so
 * that a file that changed in between is refused. Four parts of a large file are in memory.
 *
 * @throws CaldpError `DIGEST_MISMATCH`, `SOURCE_UNREADABLE`, those of `s3Error`; nothing is left then.
 */
export async function prepareUpload(
  bucket: Bucket,
  key: string,
  options: UploadOptions,
): Promise<PreparedUpload> {
  const { file, fileSystem } = options;
  const size = 'size' in file ? file.size : await sizeOf(file.path, fileSystem);
  if (size < bucket.partSize) return prepareSmall(bucket, key, { ...options, size });
  const partSize = Math.max(bucket.partSize, Math.ceil(size / mostParts));
  const parts = await digestParts(file, { ...options, partSize, atMost: size });
  if ('sha256' in file) checkDigest(file, parts.digest);
  return prepareLarge(bucket, key, { ...options, partSize, parts });
}

async function sizeOf(path: string, fileSystem: FileSystem): Promise<number> {
  try {
    return (await fileSystem.stat(path)).size;
  } catch (error) {
    throw sourceUnreadable(path, error);
  }
}

async function prepareSmall(
  bucket: Bucket,
  key: string,
  options: UploadOptions & { readonly size: number },
): Promise<PreparedUpload> {
  const { file, signal } = options;
  const digest = await digestOf(await wholeFile(options), file);
  if ('sha256' in file) checkDigest(file, digest);
  const known = { ...digest, path: file.path };
  const metadata = { [metadataNames.sha256]: digest.sha256 };
  return {
    digest,
    commit: async () => {
      const body = await wholeFile(options);
      checkDigest(known, await digestOf(body, file));
      await putObject(bucket, key, { body, metadata, signal });
      await confirm(bucket, key, { file: known, signal });
    },
    abandon: () => Promise.resolve(),
  };
}

async function prepareLarge(
  bucket: Bucket,
  key: string,
  options: UploadOptions & { readonly partSize: number; readonly parts: PartDigests },
): Promise<PreparedUpload> {
  const { file, signal, parts } = options;
  const { digest } = parts;
  const metadata = { [metadataNames.sha256]: digest.sha256 };
  const upload = await beginUpload(bucket, key, { metadata, signal });
  try {
    const sent = await sendParts(upload, options);
    return {
      digest,
      commit: async () => {
        await upload.complete(sent);
        await confirm(bucket, key, { file: { ...digest, path: file.path }, signal });
      },
      abandon: () => upload.abandon(),
    };
  } catch (error) {
    await upload.abandon();
    throw error;
  }
}

async function digestOf(body: Uint8Array, { name }: PlainFile): Promise<FileDigest> {
  return { name, size: body.length, sha256: await sha256Of(body) };
}

/** One byte more than it should have, where there is more. */
async function wholeFile({
  file,
  fileSystem,
  size,
  signal,
}: UploadOptions & { readonly size: number }): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const reading = filePieces(file.path, {
    fileSystem,
    pieceSize: size + 1,
    atMost: size,
    signal,
  });
  for await (const piece of reading) pieces.push(piece);
  return pieces[0] ?? Buffer.alloc(0);
}

/** Another whole file in its place, told by its digest, means that somebody else was later. */
async function confirm(
  bucket: Bucket,
  key: string,
  { file, signal }: { readonly file: SourceFile; readonly signal: AbortSignal | undefined },
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
