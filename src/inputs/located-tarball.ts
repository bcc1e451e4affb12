import { createHash, type Hash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import { digestFile } from '../system/digest-file.ts';
import { readChunks } from '../system/read-chunks.ts';
import type { BroughtInputs, DatasetInputs } from './dataset-inputs.ts';
import type { LocalInputsOptions } from './local-inputs.ts';
import { settleUnpacked } from './settle-unpacked.ts';
import { unchangedWhile } from './unchanged-while.ts';
import { unpackTarball } from './unpack-tarball.ts';

/** Tells where the tarball of a dataset is; throws a CaldpError where there is none. */
type LocateTarball = (dataset: DatasetName) => Promise<string> | string;

/** Inputs that lie packed in one tarball for each dataset, where `locate` says. The tarballs are only read. */
export function locatedTarball(
  locate: LocateTarball,
  options: LocalInputsOptions & { readonly uri: string },
): DatasetInputs {
  return {
    uri: options.uri,
    identify: async (dataset, { signal }) => {
      const path = await locate(dataset);
      const use = (): Promise<FileDigest> =>
        digestFile(path, { signal, fileSystem: options.fileSystem });
      return [await unchangedWhile(path, { ...options, use })];
    },
    bring: async (dataset, { folder: target, signal }) =>
      bring(dataset, { ...options, path: await locate(dataset), target, signal }),
  };
}

async function bring(
  dataset: DatasetName,
  work: LocalInputsOptions & {
    readonly path: string;
    readonly target: string;
    readonly signal: AbortSignal;
  },
): Promise<BroughtInputs> {
  const { path, target, fileSystem, signal } = work;
  const unpacked = join(target, '.unpacked');
  await fileSystem.mkdir(unpacked);
  const hash = createHash('sha256');
  const { size, ignored } = await unchangedWhile(path, {
    fileSystem,
    use: async (bytes) => ({
      size: bytes,
      ...(await unpackTarball(hashing(ownChunks(path, work), hash), {
        tarball: path,
        root: dataset.id,
        folder: unpacked,
        fileSystem,
        signal,
      })),
    }),
  });
  const settled = await settleUnpacked(dataset, { ...work, unpacked, tarball: path });
  return {
    ...settled,
    sources: [{ name: basename(path), size, sha256: hash.digest('hex') }],
    ignored: [...settled.ignored, ...ignored].sort(),
  };
}

/** The bytes of a file in chunks that may be kept: unpacking holds some of them for a while. */
async function* ownChunks(
  path: string,
  { fileSystem, signal }: LocalInputsOptions & { readonly signal: AbortSignal },
): AsyncGenerator<Buffer> {
  const file = await fileSystem.open(path, 'r');
  try {
    for await (const chunk of readChunks(file, { signal })) yield Buffer.from(chunk);
  } finally {
    await file.close();
  }
}

async function* hashing(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
