import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { FileSystem } from '../../ports/file-system.ts';
import type { FileFacts } from './file-facts.ts';

/** A tar file is made of blocks of so many bytes. */
const block = 512;
/** Header and trailer of a gzip file. */
const leastBytes = 18;

/**
 * Whether a tarball is there to its end. The last four bytes of a gzip file are the length of what is packed in it (RFC 1952, modulo
 * 2^32), which is a multiple of 512 for a tar file: of files that are cut off one in 512 looks so too. Where it is not, the
 * tarball may have been made of several, and is read to its end.
 */
export async function tarballFacts(
  path: string,
  options: { readonly fileSystem: Pick<FileSystem, 'open'>; readonly signal: AbortSignal },
): Promise<FileFacts> {
  const file = await options.fileSystem.open(path, 'r');
  try {
    const { size } = await file.stat();
    const trailer = Buffer.alloc(4);
    if (size >= leastBytes) await file.read(trailer, 0, 4, size - 4);
    const length = trailer.readUInt32LE();
    if (length > 0 && length % block === 0) return { status: 'whole' };
    const packed = file.createReadStream({ start: 0, autoClose: false });
    await pipeline(packed, createGunzip(), nowhere(), options);
    return { status: 'whole' };
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const reason = `\`${path}\` is not a whole tarball: ${error.message}.`;
    return { status: 'bad', reason, lasting: true };
  } finally {
    await file.close();
  }
}

function nowhere(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
