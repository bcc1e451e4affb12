import { dirname, join, resolve } from 'node:path';
import { systemCode } from '../errors/system-condition.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { checkNames } from './build-folder.ts';
import { copyVerified } from './copy-verified.ts';
import { createExclusively } from './create-exclusively.ts';
import { syncFolder } from './durable-folder.ts';
import { withTemporary, type FileStoreTools } from './file-store-tools.ts';
import { folderParts, keyParts } from './key.ts';
import { listFolder } from './list-folder.ts';
import type { ProcessIdentity } from '../system/process-identity.ts';
import { replaceFolder } from './replace-folder.ts';
import { storeError } from './store-error.ts';
import type {
  FolderOptions,
  PlainFile,
  SourceFile,
  Store,
  StoreEntry,
  TransferOptions,
} from './store.ts';
import { sweepFolder } from './sweep-folder.ts';
import { TemporaryNames } from './temporary-names.ts';
import { writeDurably } from './write-durably.ts';

/** What the system answers where no object is: nothing, a file in the place of a folder above, or a folder. */
const noObject = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** A store in a directory, which is made when the first object is put. Works on local disks and on network shares. */
export class FileStore implements Store {
  readonly uri: string;
  readonly #root: string;
  readonly #tools: FileStoreTools;

  constructor(
    root: string,
    options: { readonly fileSystem: FileSystem; readonly self: ProcessIdentity },
  ) {
    this.#root = resolve(root);
    this.uri = `file:${this.#root}`;
    this.#tools = { fileSystem: options.fileSystem, temporaries: new TemporaryNames(options) };
  }

  async read(key: string, options?: TransferOptions): Promise<Uint8Array | undefined> {
    return this.#ifThere(key, 'read', options, (path) =>
      this.#tools.fileSystem.readFile(path, { signal: options?.signal }),
    );
  }

  async write(key: string, body: Uint8Array | string, options?: TransferOptions): Promise<void> {
    await this.#run(key, 'write', options, async (path) => {
      await this.#put(path, options, (target) =>
        writeDurably(target, { fileSystem: this.#tools.fileSystem, body }),
      );
    });
  }

  async create(
    key: string,
    body: Uint8Array | string,
    options?: TransferOptions,
  ): Promise<boolean> {
    const tools = this.#tools;
    if ((await this.stat(key, options)) !== undefined) return false;
    return this.#run(key, 'create', options, async (path) => {
      return withTemporary(path, tools, async (temporary) => {
        await writeDurably(temporary, { fileSystem: tools.fileSystem, body });
        options?.signal?.throwIfAborted();
        return createExclusively(temporary, { path, tools });
      });
    });
  }

  async putFile(key: string, file: SourceFile, options?: TransferOptions): Promise<void> {
    await this.#run(key, 'store', options, async (path) => {
      await this.#put(path, options, (target) =>
        copyVerified(file, { fileSystem: this.#tools.fileSystem, target, signal: options?.signal }),
      );
    });
  }

  async replaceFolder(
    key: string,
    files: readonly PlainFile[],
    options?: FolderOptions,
  ): Promise<void> {
    checkNames(files);
    await this.#run(key, 'replace', options, (path) =>
      replaceFolder(path, {
        ...{ files, tools: this.#tools },
        ...{ last: options?.last, signal: options?.signal },
      }),
    );
  }

  async stat(key: string, options?: TransferOptions): Promise<StoreEntry | undefined> {
    return this.#ifThere(key, 'look for', options, async (path) => {
      const found = await this.#tools.fileSystem.stat(path);
      return found.isFile() ? { key, size: found.size, modified: found.mtime } : undefined;
    });
  }

  async *list(folder: string, options?: TransferOptions): AsyncIterable<StoreEntry> {
    const path = join(this.#root, ...folderParts(folder));
    try {
      yield* listFolder(path, {
        fileSystem: this.#tools.fileSystem,
        key: folder,
        signal: options?.signal,
      });
    } catch (error) {
      throw storeError(error, { doing: 'list', key: folder, uri: this.uri });
    }
  }

  async remove(key: string, options?: TransferOptions): Promise<void> {
    await this.#ifThere(key, 'remove', options, async (path) => {
      await this.#tools.fileSystem.unlink(path);
      await syncFolder(dirname(path), this.#tools);
      return undefined;
    });
  }

  async sweep(
    folder: string,
    options: TransferOptions & { readonly depth?: number } = {},
  ): Promise<readonly string[]> {
    const { depth = Infinity, signal } = options;
    const path = join(this.#root, ...folderParts(folder));
    try {
      return await sweepFolder(path, { tools: this.#tools, signal, depth });
    } catch (error) {
      throw storeError(error, { doing: 'sweep', key: folder, uri: this.uri });
    }
  }

  async #put(
    path: string,
    options: TransferOptions | undefined,
    fill: (target: string) => Promise<unknown>,
  ): Promise<void> {
    await withTemporary(path, this.#tools, async (temporary) => {
      await fill(temporary);
      options?.signal?.throwIfAborted();
      await this.#tools.fileSystem.rename(temporary, path);
    });
    await syncFolder(dirname(path), this.#tools);
  }

  async #ifThere<T>(
    key: string,
    doing: string,
    options: TransferOptions | undefined,
    action: (path: string) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#run(key, doing, options, async (path) => {
      try {
        return await action(path);
      } catch (error) {
        if (noObject.has(systemCode(error) ?? '')) return undefined;
        throw error;
      }
    });
  }

  async #run<T>(
    key: string,
    doing: string,
    options: TransferOptions | undefined,
    action: (path: string) => Promise<T>,
  ): Promise<T> {
    const path = join(this.#root, ...keyParts(key));
    options?.signal?.throwIfAborted();
    try {
      return await action(path);
    } catch (error) {
      options?.signal?.throwIfAborted();
      throw storeError(error, { doing, key, uri: this.uri });
    }
  }
}
