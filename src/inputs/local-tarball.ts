import { createHash, type Hash } from 'node:crypto';
import { basename, join } from 'node:path';
import { CaldpError } from '../errors/caldp-error.ts';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { FileDigest } from '../ports/file-digest.ts';
import type { BroughtInputs } from './dataset-inputs.ts';
import { digestFile } from '../system/digest-file.ts';
import { listFolder } from './list-folder.ts';
import type { LocalInputs, LocalInputsOptions } from './local-inputs.ts';
import { readChunks } from '../system/read-chunks.ts';
import { settleUnpacked } from './settle-unpacked.ts';
import { unchangedWhile } from './unchanged-while.ts';
import { unpackTarball } from './unpack-tarball.ts';

/** Inputs that lie packed in a folder: one tarball `<id>.tar.gz`, or `<id>` with something behind it, for each dataset. */
export function localTarball(folder: string, options: LocalInputsOptions): LocalInputs {
  return {
    uri: `file:${folder}`,
    has: async (dataset) => (await candidates(dataset, { folder, ...options })).length > 0,
    identify: async (dataset, { signal }) => {
      const path = await locate(dataset, { folder, ...options });
      const use = (): Promise<FileDigest> => digestFile(path, { signal, fs: options.fileSystem });
      return [await unchangedWhile(path, { ...options, use })];
    },
    bring: (dataset, { folder: target, signal }) =>
      bring(dataset, { folder, target, signal, ...options }),
  };
}

interface Work extends LocalInputsOptions {
  readonly folder: string;
}

async function bring(
  dataset: DatasetName,
  work: Work & { readonly target: string; readonly signal: AbortSignal },
): Promise<BroughtInputs> {
  const { target, fileSystem, signal } = work;
  const path = await locate(dataset, work);
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

async function locate(dataset: DatasetName, work: Work): Promise<string> {
  const [first, ...others] = await candidates(dataset, work);
  const { id } = dataset;
  if (first === undefined) {
    throw new CaldpError(`No tarball \`${id}.tar.gz\` is in \`${work.folder}\`.`, {
      code: 'INPUT_NOT_FOUND',
      advice: 'Put it there, or name the folder that holds it with `--input`.',
    });
  }
  if (others.length > 0 && first !== `${id}.tar.gz`) {
    const names = [first, ...others].map((name) => `\`${name}\``).join(', ');
    throw new CaldpError(`\`${work.folder}\` holds several tarballs of \`${id}\`: ${names}.`, {
      code: 'INPUT_AMBIGUOUS',
      advice: `Name the one that counts \`${id}.tar.gz\`.`,
      exit: 'INPUT_TAR_FILE_ERROR',
    });
  }
  return join(work.folder, first);
}

/** The plain name comes first, because it is the shortest. */
async function candidates(dataset: DatasetName, work: Work): Promise<readonly string[]> {
  const { id } = dataset;
  return [...(await listFolder(work.folder, work))]
    .filter((name) => name.startsWith(id) && /^([._-].*)?\.tar\.gz$/.test(name.slice(id.length)))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
