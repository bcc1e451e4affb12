import { lstat, open, type FileHandle } from 'node:fs/promises';
import { renewChecksum } from './checksum.ts';
import { readDataShape } from './data-shape.ts';
import { FitsError } from './fits-error.ts';
import type { Hdu } from './hdu.ts';
import type { Header } from './header.ts';
import { openRegular } from './open-regular.ts';
import { startsAsGzip } from './read-headers.ts';
import { replaceFile } from './replace-file.ts';
import { scanHandle } from './scan-handle.ts';
import type { HduList } from './scan-hdus.ts';

/** A change of one header. */
export interface HeaderUpdate {
  /** Changes the header it is given, by the functions of `header-edit.ts`. May be called once only. */
  readonly edit: (header: Header) => void;
  /** Which HDU, counted from 0, the default. */
  readonly hdu?: number;
  /** Whether a CHECKSUM that the header has is made right again (default) or left as it is, as the Python CRDS client does. */
  readonly checksums?: 'renew' | 'keep';
  /** Whether a header of the same size may be written over the old one; default true. See `updateHeader`. */
  readonly inPlace?: boolean;
  /** Ends the update before its new file takes the place of the old one. */
  readonly signal?: AbortSignal | undefined;
}

/** How the file was changed. */
export type HeaderUpdateResult = 'unchanged' | 'in-place' | 'rewritten';

/**
 * Changes a header of a file; its data and other HDUs stay as they are, byte for byte.
 *
 * Where the header needs as many blocks as before, it is written over the old one and synced. That is for files of a work
 * directory: a machine that stops in the middle leaves old and new blocks mixed, and what is in a work directory is then
 * made anew. A write that fails is taken back, and where that fails, too, `HALF_WRITTEN` says so. Everywhere else give `inPlace: false`. A file with another name (a hard or
 * symbolic link), which may be the user's own, and a header that grows or shrinks are never written over: a new file is
 * streamed beside the old one (1 MiB in memory), synced, and takes its place by a rename, with the same permissions.
 *
 * @throws FitsError for a file that is not whole, is packed, or where the edit changes the size of the data.
 */
export async function updateHeader(
  path: string,
  update: HeaderUpdate,
): Promise<HeaderUpdateResult> {
  const { signal } = update;
  const handle = await openRegular(path);
  try {
    await refuseGzip(handle, path);
    const file = await scanHandle(handle, { path, signal });
    const hdu = findWholeHdu(file, { path, index: update.hdu ?? 0 });
    const header = hdu.header.copy();
    update.edit(header);
    if (sameCards(header, hdu.header)) return 'unchanged';
    checkSameData(header, hdu);
    if (update.checksums !== 'keep') await renewChecksum(header, { handle, hdu, signal });
    if ((update.inPlace ?? true) && header.bytes === hdu.header.bytes && (await hasOneName(path))) {
      await writeOver(path, { header, old: hdu.header });
      return 'in-place';
    }
    const { headerOffset: from, dataOffset: to } = hdu;
    const pad = Math.max(0, (file.hdus.at(-1)?.end ?? 0) - file.size);
    await replaceFile(path, { handle, bytes: header.toBytes(), from, to, pad, signal });
    return 'rewritten';
  } finally {
    await handle.close();
  }
}

async function refuseGzip(handle: FileHandle, path: string): Promise<void> {
  if (!(await startsAsGzip(handle))) return;
  throw new FitsError('a gzip file cannot be changed; unpack it before.', {
    file: path,
    code: 'NOT_SUPPORTED',
  });
}

function findWholeHdu(
  { hdus }: HduList,
  { path, index }: { readonly path: string; readonly index: number },
): Hdu {
  const hdu = hdus[index];
  const last = hdus.at(-1);
  if (hdu === undefined || last === undefined) {
    throw new FitsError(`expected an HDU ${index}, found ${hdus.length}.`, {
      file: path,
      code: 'NO_SUCH_HDU',
    });
  }
  if (last.missingBytes === 0) return hdu;
  throw new FitsError(`the last ${last.missingBytes} bytes of its data are missing.`, {
    ...last.header.place,
    offset: last.dataOffset,
    code: 'TRUNCATED',
  });
}

function sameCards(one: Header, other: Header): boolean {
  return (
    one.cards.length === other.cards.length &&
    one.cards.every((card, index) => card === other.cards[index])
  );
}

function checkSameData(header: Header, hdu: Hdu): void {
  const { bytes } = readDataShape(header);
  if (bytes === hdu.shape.bytes) return;
  throw new FitsError(
    `expected a header for ${hdu.shape.bytes} bytes of data, got one for ${bytes}.`,
    {
      ...header.place,
      code: 'WRONG_DATA',
    },
  );
}

async function hasOneName(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isFile() && found.nlink === 1;
}

async function writeOver(
  path: string,
  { header, old }: { readonly header: Header; readonly old: Header },
): Promise<void> {
  const position = old.place.offset ?? 0;
  const handle = await open(path, 'r+');
  const bytes = header.toBytes();
  let done = 0;
  try {
    while (done < bytes.length) {
      const left = bytes.length - done;
      done += (await handle.write(bytes, done, left, position + done)).bytesWritten;
    }
    await handle.datasync();
  } catch (cause) {
    await takeBack(handle, { old, written: done, cause });
    throw cause;
  } finally {
    await handle.close();
  }
}

/** Puts the old bytes back where new ones were written. */
async function takeBack(
  handle: FileHandle,
  {
    old,
    written,
    cause,
  }: { readonly old: Header; readonly written: number; readonly cause: unknown },
): Promise<void> {
  const { offset = 0 } = old.place;
  try {
    const { bytesWritten } = await handle.write(old.toBytes(), 0, written, offset);
    if (bytesWritten === written) return;
  } catch {
    // Told below, with the failure that came first.
  }
  throw new FitsError('writing failed in the middle of the header, and taking it back did too.', {
    ...old.place,
    code: 'HALF_WRITTEN',
    cause,
  });
}
