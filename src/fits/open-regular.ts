import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { FitsError } from './fits-error.ts';

/** Without O_NONBLOCK, opening a named pipe waits for somebody to write to it; a regular file does not care. */
const readOnly = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Opens a regular file for reading.
 * @throws FitsError `NOT_FITS` for a folder, a pipe or a device; the system's own error where it cannot be opened.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(path, readOnly);
  try {
    if ((await handle.stat()).isFile()) return handle;
    throw notRegular(path);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The same, synchronously; returns the descriptor. */
export function openRegularSync(path: string): number {
  const descriptor = openSync(path, readOnly);
  try {
    if (fstatSync(descriptor).isFile()) return descriptor;
    throw notRegular(path);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function notRegular(path: string): FitsError {
  return new FitsError('expected a regular file.', { file: path, code: 'NOT_FITS' });
}
