import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { FileSystem } from '../ports/file-system.ts';
import { tarballError } from './tarball-error.ts';
import { TarballMeter } from './tarball-limits.ts';
import { TarballReader } from './tarball-reader.ts';
import { TarballWriter } from './tarball-writer.ts';

/** How a tarball is unpacked. */
export interface UnpackOptions {
  /** What messages call it. */
  readonly tarball: string;
  /** The folder inside the tarball that files may lie in beside its top: the name of the dataset. */
  readonly root: string;
  /** An empty folder; gets the files without any folders. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly signal: AbortSignal;
}

/**
 * Unpacks the files of a gzipped tarball while it is read to its end. Nothing is written outside `folder`; members that could do so
 * make the whole tarball fail. After an error `folder` holds what was unpacked until then. Holds a few MiB.
 *
 * @param packed - where a wait for its next piece shall end with the signal, a Node stream
 * @returns paths in the tarball of files that were left out because they lie in other folders of it.
 * @throws CaldpError `TARBALL_INVALID` (exit 21). Errors of the file system and of `packed` itself are passed on.
 */
export async function unpackTarball(
  packed: AsyncIterable<Uint8Array>,
  options: UnpackOptions,
): Promise<{ readonly ignored: readonly string[] }> {
  const { tarball, signal } = options;
  const meter = new TarballMeter(tarball);
  const reader = new TarballReader({ ...options, meter });
  let writing = Promise.resolve();
  try {
    await pipeline(
      packed,
      (chunks: AsyncIterable<Uint8Array>) => counted(chunks, meter),
      createGunzip({ chunkSize: 256 * 1024 }),
      (chunks: AsyncIterable<Uint8Array>) =>
        (writing = writeMembers(chunks, { ...options, meter, reader })),
      { signal },
    );
  } catch (error) {
    // A pipeline that failed does not wait for its last part, which may be about to open a file.
    const own = await writing.then(
      () => error,
      (reason: unknown) => reason,
    );
    const first = isOfPipeline(error) && !signal.aborted ? own : error;
    throw isZlibError(first)
      ? tarballError(tarball, `is damaged or cut off: ${first.message}.`, first)
      : first;
  }
  return { ignored: reader.ignored };
}

async function writeMembers(
  chunks: AsyncIterable<Uint8Array>,
  options: UnpackOptions & { readonly meter: TarballMeter; readonly reader: TarballReader },
): Promise<void> {
  const { folder, fileSystem, meter, reader } = options;
  const writer = new TarballWriter(folder, { fileSystem });
  try {
    for await (const chunk of chunks) {
      meter.countUnpacked(chunk.length);
      await writer.write(reader.read(chunk));
    }
    await writer.write(reader.end());
  } finally {
    await writer.close();
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  meter: TarballMeter,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    meter.countPacked(chunk.length);
    yield chunk;
  }
}

/** When the last part fails, the pipeline may tell of the end of an earlier part instead. */
function isOfPipeline(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
