import { gunzipSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { FitsError } from './fits-error.ts';
import { memorySource } from './memory-source.ts';

/** Most bytes a gzip file may unpack to: three times the largest HST exposure file. */
const largestUnpacked = 512 * 1024 * 1024;
/** No deflate stream unpacks to more than this many times its size. */
const largestRatio = 1032;
/** Bytes unpacked at a time at least. */
const smallestChunk = 1 << 16;

/** Whether the bytes begin as gzip does, whatever the file is called. */
export function isGzip(source: ByteSource): boolean {
  if (source.size < 18) return false;
  const magic = new Uint8Array(2);
  source.read(magic, { position: 0 });
  return magic[0] === 0x1f && magic[1] === 0x8b;
}

/**
 * Unpacks a gzip file into memory and closes its source. Holds the packed and the unpacked bytes at once, the latter twice where there
 * are several streams one after another; then only the latter. They are limited to 512 MiB and to what the size of the file
 * allows. Larger files are to be unpacked on disk before.
 * @throws FitsError `TOO_LARGE` above the limit, `TRUNCATED` or `NOT_FITS` where the stream is cut or damaged.
 */
export function unpackGzip(source: ByteSource): ByteSource {
  const place = { file: source.path };
  const limit = Math.min(largestUnpacked, source.size * largestRatio);
  if (source.size > largestUnpacked) {
    throw new FitsError(`expected at most ${largestUnpacked} packed bytes.`, {
      ...place,
      code: 'TOO_LARGE',
    });
  }
  const packed = new Uint8Array(source.size);
  source.read(packed, { position: 0 });
  source.close();
  return memorySource(gunzip(packed, { ...place, limit }), { path: source.path });
}

function gunzip(
  packed: Uint8Array,
  { file, limit }: { readonly file: string; readonly limit: number },
): Uint8Array {
  // Unpacked in one piece, the bytes need not be joined. The size that the file ends with is no more than a guess.
  const guess = new DataView(packed.buffer).getUint32(packed.length - 4, true);
  const chunkSize = Math.min(limit, Math.max(guess, packed.length, smallestChunk)) + 1;
  try {
    return gunzipSync(packed, { maxOutputLength: limit, chunkSize });
  } catch (error) {
    throw gzipError(error, { file, limit });
  }
}

function gzipError(
  error: unknown,
  { file, limit }: { readonly file: string; readonly limit: number },
): FitsError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ERR_BUFFER_TOO_LARGE':
      return new FitsError(`the gzip stream unpacks to more than ${limit} bytes.`, {
        file,
        code: 'TOO_LARGE',
        cause: error,
      });
    case 'Z_BUF_ERROR':
      return new FitsError('the gzip stream ends before its end.', {
        file,
        code: 'TRUNCATED',
        cause: error,
      });
    default:
      return new FitsError('the gzip stream is damaged.', { file, code: 'NOT_FITS', cause: error });
  }
}
