import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { checkNames } from './build-folder.ts';
import { folderParts, isKey, keyParts } from './key.ts';
import type { Bucket } from './s3/bucket.ts';
import { callBucket } from './s3/call-bucket.ts';
import { listObjects } from './s3/list-objects.ts';
import { headObject } from './s3/object-head.ts';
import { prepareUpload } from './s3/prepare-upload.ts';
import { createObject, putObject } from './s3/put-object.ts';
import { bytesOf, openObject } from './s3/read-object.ts';
import { removeObject, replaceObjects } from './s3/replace-objects.ts';
import { isNoObject } from './s3/s3-answer.ts';
import { sweepUploads } from './s3/sweep-uploads.ts';
import type {
  FolderOptions,
  PlainFile,
  SourceFile,
  Store,
  StoreEntry,
  TransferOptions,
} from './store.ts';

/**
 * A store in a bucket, or below a prefix of it. Objects whose names are no keys (the folder marks of consoles) are not shown.
 *
 * What a directory can do and a bucket cannot: a key below an object is not refused, and a folder that is replaced is for a moment
 * without its last file instead of being swapped at once (`replaceObjects`). Each upload holds up to 4 parts of 8 MiB.
 */
export class S3Store implements Store {
  readonly uri: string;
  readonly #bucket: Bucket;
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;

  constructor(bucket: Bucket, options: { readonly fileSystem: FileSystem; readonly clock: Clock }) {
    this.uri = bucket.uri;
    this.#bucket = bucket;
    this.#fileSystem = options.fileSystem;
    this.#clock = options.clock;
  }

  async read(key: string, options: TransferOptions = {}): Promise<Uint8Array | undefined> {
    keyParts(key);
    return callBucket(this.#bucket, { doing: 'read', key, ...options }, async () => {
      try {
        return await bytesOf(await openObject(this.#bucket, key, options));
      } catch (error) {
        if (isNoObject(error)) return undefined;
        throw error;
      }
    });
  }

  async write(key: string, body: Uint8Array | string, options?: TransferOptions): Promise<void> {
    keyParts(key);
    await putObject(this.#bucket, key, { ...options, body: Buffer.from(body) });
  }

  async create(
    key: string,
    body: Uint8Array | string,
    options?: TransferOptions,
  ): Promise<boolean> {
    keyParts(key);
    return createObject(this.#bucket, key, { ...options, body: Buffer.from(body) });
  }

  async putFile(key: string, file: SourceFile, options?: TransferOptions): Promise<void> {
    keyParts(key);
    const upload = await prepareUpload(this.#bucket, key, {
      ...options,
      file,
      fileSystem: this.#fileSystem,
    });
    try {
      await upload.commit();
    } catch (error) {
      await upload.abandon();
      throw error;
    }
  }

  async replaceFolder(
    key: string,
    files: readonly PlainFile[],
    options?: FolderOptions,
  ): Promise<void> {
    checkNames(files);
    keyParts(key);
    await replaceObjects(this.#bucket, key, { ...options, files, fileSystem: this.#fileSystem });
  }

  async stat(key: string, options: TransferOptions = {}): Promise<StoreEntry | undefined> {
    keyParts(key);
    const head = await headObject(this.#bucket, key, options);
    return head === undefined ? undefined : { key, size: head.size, modified: head.modified };
  }

  async *list(folder: string, options: TransferOptions = {}): AsyncIterable<StoreEntry> {
    folderParts(folder);
    const start = folder === '' ? '' : `${folder}/`;
    for await (const { key, size, modified } of listObjects(this.#bucket, { ...options, start })) {
      if (isKey(key)) yield { key, size, modified };
    }
  }

  async remove(key: string, options: TransferOptions = {}): Promise<void> {
    keyParts(key);
    await removeObject(this.#bucket, key, options);
  }

  /** Gives up uploads that were begun more than a day ago; `depth` makes no difference. */
  async sweep(folder: string, options: TransferOptions = {}): Promise<readonly string[]> {
    folderParts(folder);
    const start = folder === '' ? '' : `${folder}/`;
    const now = this.#clock.now().getTime();
    return sweepUploads(this.#bucket, { ...options, start, now });
  }
}
