import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { FileSystem } from '../../ports/file-system.ts';
import type { FolderOptions, PlainFile } from '../store.ts';
import { objectOf, type Bucket } from './bucket.ts';
import { callBucket } from './call-bucket.ts';
import { inParallel } from './in-parallel.ts';
import { listObjects } from './list-objects.ts';
import { prepareUpload, type PreparedUpload } from './prepare-upload.ts';

interface Replacement {
  readonly files: readonly PlainFile[];
  readonly last?: FolderOptions['last'];
  readonly fileSystem: FileSystem;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a folder hold exactly some files. Nothing changes until all have been read, checked and, where they are large, sent.
 * Then the former last file goes, the others appear, the last one appears, and what is left over goes: a folder that has its last
 * file (a manifest) has just what that names, whenever this is cut off.
 */
export async function replaceObjects(
  bucket: Bucket,
  folder: string,
  options: Replacement,
): Promise<void> {
  const { signal } = options;
  const files = [...options.files];
  const uploads: PreparedUpload[] = [];
  const prepare = (file: PlainFile): Promise<PreparedUpload> =>
    prepareUpload(bucket, `${folder}/${file.name}`, { ...options, file });
  try {
    await inParallel([...files.entries()], async ([index, file]) => {
      uploads[index] = await prepare(file);
    });
    if (options.last !== undefined) {
      const file = await options.last(uploads.map(({ digest }) => digest));
      files.push(file);
      uploads.push(await prepare(file));
    }
  } catch (error) {
    await Promise.all(uploads.map((upload) => upload.abandon()));
    throw error;
  }
  await commit(bucket, uploads, { folder, files, signal });
  await removeOthers(bucket, folder, { files, signal });
}

async function commit(
  bucket: Bucket,
  uploads: readonly PreparedUpload[],
  options: {
    readonly folder: string;
    readonly files: readonly PlainFile[];
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const { folder, files, signal } = options;
  const last = files.at(-1);
  if (last === undefined) return;
  try {
    await removeObject(bucket, `${folder}/${last.name}`, { signal });
    await inParallel(uploads.slice(0, -1), (upload) => upload.commit());
    await uploads.at(-1)?.commit();
  } catch (error) {
    await Promise.all(uploads.map((upload) => upload.abandon()));
    throw error;
  }
}

async function removeOthers(
  bucket: Bucket,
  folder: string,
  { files, signal }: Pick<Replacement, 'files' | 'signal'>,
): Promise<void> {
  const kept = new Set(files.map(({ name }) => `${folder}/${name}`));
  for await (const { key } of listObjects(bucket, { start: `${folder}/`, signal })) {
    if (!kept.has(key)) await removeObject(bucket, key, { signal });
  }
}

/** Removes one object; fine when there is none. */
export async function removeObject(
  bucket: Bucket,
  key: string,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await callBucket(bucket, { doing: 'remove', key, signal }, () =>
    bucket.client.send(
      new DeleteObjectCommand(objectOf(bucket, key)),
      signal === undefined ? {} : { abortSignal: signal },
    ),
  );
}
