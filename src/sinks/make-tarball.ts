import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Pack, Parser, type ReadEntry, type WriteEntry } from 'tar';
import { CaldpError } from '../errors/caldp-error.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from '../system/digest-file.ts';
import { storeError } from '../stores/store-error.ts';
import type { SourceFile, TransferOptions } from '../stores/store.ts';

/**
 * Nearly as small as the usual level 6, four times as fast: of a raw frame of 34 MB level 1 leaves 39.1 % at 95 MB/s, 4 leaves 36.8 % at
 * 58 MB/s, 6 leaves 36.4 % at 14 MB/s. The chunks are large because each is a hand-over between threads.
 */
const compression = { level: 4, chunkSize: 512 * 1024 };

interface TarballOptions extends TransferOptions {
  readonly fileSystem: FileSystem;
  /** Path of the tarball. */
  readonly target: string;
  /** The folder that all names lie in inside the tarball. */
  readonly prefix: string;
}

/**
 * Packs files into a gzip tarball and reads it back to check every file against its digest. The same files give the same
 * bytes: entries in the order of names, no owners, no times. Compression runs outside the event loop; memory is that of a
 * few chunks.
 *
 * @returns the digest of the tarball.
 * @throws CaldpError `DIGEST_MISMATCH` when a file is not the one that was announced.
 */
export async function makeTarball(
  files: readonly SourceFile[],
  options: TarballOptions,
): Promise<FileDigest> {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  try {
    await pack(sorted, options);
    verify(sorted, { ...options, found: await digestsIn(options.target, options) });
    return await digestFile(options.target, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw storeError(error, { doing: 'pack', key: options.prefix, uri: options.target });
  }
}

async function pack(files: readonly SourceFile[], options: TarballOptions): Promise<void> {
  const names = new Map(files.map(({ name, path }) => [path, `${options.prefix}/${name}`]));
  const packer = new Pack({
    portable: true,
    preservePaths: true,
    follow: true,
    mtime: new Date(0),
    strict: true,
    jobs: 1,
    maxReadSize: 4 * 1024 * 1024,
    onWriteEntry: (entry: WriteEntry) => {
      entry.path = names.get(entry.path) ?? entry.path;
    },
  });
  for (const { path } of files) packer.write(path);
  packer.end();
  await pipeline(
    packer,
    createGzip(compression),
    createWriteStream(options.target),
    pipelineOptions(options),
  );
}

async function digestsIn(
  target: string,
  options: TransferOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      const hash = createHash('sha256');
      entry.on('data', (chunk) => hash.update(chunk));
      entry.on('end', () => found.set(entry.path, `${entry.size} ${hash.digest('hex')}`));
    },
  });
  await pipeline(
    createReadStream(target, { highWaterMark: compression.chunkSize }),
    createGunzip({ chunkSize: compression.chunkSize }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) parser.write(chunk);
      parser.end();
    },
    pipelineOptions(options),
  );
  return found;
}

function verify(
  files: readonly SourceFile[],
  { found, prefix, target }: TarballOptions & { readonly found: ReadonlyMap<string, string> },
): void {
  for (const { name, path, size, sha256 } of files) {
    if (found.get(`${prefix}/${name}`) === `${size} ${sha256}`) continue;
    throw new CaldpError(
      `\`${path}\` is not what was to be packed into \`${target}\` as \`${name}\`: its size or SHA-256 is another.`,
      {
        code: 'DIGEST_MISMATCH',
        advice:
          'Nothing was stored. Look whether something else writes to the work directory, then run again.',
        retry: 'now',
      },
    );
  }
}

const pipelineOptions = ({ signal }: TransferOptions): { signal?: AbortSignal } =>
  signal === undefined ? {} : { signal };
