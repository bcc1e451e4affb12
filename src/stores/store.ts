import type { FileDigest } from '../ports/file-digest.ts';

/** One object of a store. */
export interface StoreEntry {
  readonly key: string;
  readonly size: number;
  readonly modified: Date;
}

/** A local file that is to become an object, whatever is in it when it is read. */
export interface PlainFile {
  /** Key below the folder that is being put, with `/` between its parts. */
  readonly name: string;
  readonly path: string;
}

/** A local file of known content that is to become an object. */
export interface SourceFile extends PlainFile {
  readonly size: number;
  /** Hexadecimal; what is stored is checked against it before it becomes visible. */
  readonly sha256: string;
}

/** Options of every call. */
export interface TransferOptions {
  readonly signal?: AbortSignal;
}

/** Options of replacing a folder. */
export interface FolderOptions extends TransferOptions {
  /**
   * Makes the last file of the folder, when all others were read and none is visible: a manifest that names their digests, which are
   * given in the order of the files.
   */
  readonly last?: (digests: readonly FileDigest[]) => Promise<SourceFile>;
}

/**
 * Where trees live: a directory or a bucket. Knows nothing of datasets.
 *
 * Keys are relative, parts joined by `/`, each of 1 to 170 bytes, never `.` or `..`, without backslash, control character or
 * the marks of a temporary name; anything else is refused with `KEY_INVALID`. No key is both an object and a folder.
 * What is put appears whole or not at all and survives a crash of the machine once the call returns. A failed call leaves
 * what was there before or, where only the last confirmation failed, all that was to be put; never anything between.
 * An aborted call rejects with the reason of its signal.
 */
export interface Store {
  /** A URI that tells a person which store this is: `file:/archive`, `s3://bucket/prefix`. */
  readonly uri: string;
  /** The whole of a small object (messages, manifests), or undefined when there is none. */
  read(key: string, options?: TransferOptions): Promise<Uint8Array | undefined>;
  /** Puts a small object in place of what is there. */
  write(key: string, body: Uint8Array | string, options?: TransferOptions): Promise<void>;
  /** Puts a small object only where there is none; false when there was one. Atomic among processes and machines. */
  create(key: string, body: Uint8Array | string, options?: TransferOptions): Promise<boolean>;
  /** Puts one file in place of what is there. */
  putFile(key: string, file: SourceFile, options?: TransferOptions): Promise<void>;
  /**
   * Makes the folder `key` hold exactly `files` and what `last` makes: no reader ever sees a mixture under a message that is true
   * (a file store swaps folders by rename; an object store puts the last file last and then removes what is left over).
   */
  replaceFolder(key: string, files: readonly PlainFile[], options?: FolderOptions): Promise<void>;
  /** The entry of one object, or undefined. */
  stat(key: string, options?: TransferOptions): Promise<StoreEntry | undefined>;
  /** Every object below a folder (`''` for all), in key order, page by page; temporary names are not shown. */
  list(folder: string, options?: TransferOptions): AsyncIterable<StoreEntry>;
  /** Removes one object; fine when there is none. */
  remove(key: string, options?: TransferOptions): Promise<void>;
  /**
   * Clears what calls of crashed processes left behind below a folder and brings back a folder that one of them had put
   * aside. What living processes are working on is left alone. Answers what was cleared, for people.
   * `depth` is how many levels of folders below it are looked through, default all; at 0 the cost does not grow with what
   * the folder holds.
   */
  sweep(
    folder: string,
    options?: TransferOptions & { readonly depth?: number },
  ): Promise<readonly string[]>;
}
