import type { FileHandle } from 'node:fs/promises';
import { FitsError } from './fits-error.ts';
import { fitsFromBytes, type FitsFile } from './fits-file.ts';
import { openRegular } from './open-regular.ts';
import { scanHandle } from './scan-handle.ts';
import type { HduList } from './scan-hdus.ts';

/** Largest file that `loadFits` takes by default, in bytes. */
const largestLoaded = 64 * 1024 * 1024;

/**
 * Reads all headers of a file without blocking the event loop, and closes it. Reads some 10 kB for each HDU.
 * A gzip file is loaded whole, as by `loadFits`.
 * @throws FitsError for what is not FITS; the system's own error where the file cannot be read; the reason of the signal.
 */
export async function readHeaders(
  path: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<HduList> {
  const handle = await openRegular(path);
  try {
    if (await startsAsGzip(handle)) return await loadFits(path, { signal });
    return await scanHandle(handle, { path, signal });
  } finally {
    await handle.close();
  }
}

/**
 * Reads a whole file, asynchronously, so that all of it can then be decoded from memory: for associations, tables and other
 * small files on the event loop. A gzip file is read so, too, and then unpacked synchronously.
 * @throws FitsError `TOO_LARGE` above `limit` bytes (default 64 MiB), else as `readHeaders`.
 */
export async function loadFits(
  path: string,
  {
    limit = largestLoaded,
    signal,
  }: { readonly limit?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<FitsFile> {
  const handle = await openRegular(path);
  try {
    const { size } = await handle.stat();
    if (size > limit) {
      throw new FitsError(`expected at most ${limit} bytes, the file has ${size}.`, {
        file: path,
        code: 'TOO_LARGE',
      });
    }
    return fitsFromBytes(await handle.readFile({ signal }), { path });
  } finally {
    await handle.close();
  }
}

/** Whether an open file begins as gzip does. */
export async function startsAsGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
