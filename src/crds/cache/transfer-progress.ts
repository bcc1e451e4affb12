import type { FileSystem } from '../../ports/file-system.ts';
import { cachedState } from './cached-file.ts';

/** How far a transfer of several files is. */
export interface TransferProgress {
  readonly name: string;
  /** `fetched` comes once for each file that was fetched, after its last bytes. */
  readonly status: 'under-way' | 'fetched';
  /** Of this file that have arrived. */
  readonly bytes: number;
  /** Of this file, in bytes, where it is known. */
  readonly size: number | undefined;
  /** All files of the transfer. */
  readonly all: {
    /** Files that are there, this one too when it was fetched. */
    readonly files: number;
    readonly count: number;
    readonly bytes: number;
    /** Bytes of all files that are to be fetched, as far as their sizes are known. */
    readonly size: number;
  };
}

/** A file that a transfer is to bring. */
export interface WantedFile {
  readonly name: string;
  readonly path: string;
  /** In bytes, where it is known. */
  readonly size: number | undefined;
}

/** Adds up what arrives of several files. */
export class TransferTotals {
  readonly #missing: ReadonlyMap<string, WantedFile>;
  readonly #size: number;
  readonly #count: number;
  readonly #tell: (progress: TransferProgress) => void;
  readonly #arrived = new Map<string, number>();
  #bytes = 0;
  #files: number;

  /** @param options `missing` are those of `count` files that are to be fetched. */
  constructor(options: {
    readonly count: number;
    readonly missing: readonly WantedFile[];
    readonly tell: ((progress: TransferProgress) => void) | undefined;
  }) {
    this.#count = options.count;
    this.#files = options.count - options.missing.length;
    this.#missing = new Map(options.missing.map((file) => [file.name, file]));
    this.#size = options.missing.reduce((sum, { size }) => sum + (size ?? 0), 0);
    this.#tell = options.tell ?? (() => undefined);
  }

  /** Bytes of a file have arrived, counted from its beginning: fewer than before when it is tried again. */
  arrived(name: string, bytes: number): void {
    this.#add(name, bytes);
    this.#report(name, 'under-way');
  }

  /** A file was fetched whole. */
  fetched(name: string, size: number): void {
    this.#add(name, size);
    this.#files += 1;
    this.#report(name, 'fetched');
  }

  #add(name: string, bytes: number): void {
    this.#bytes += bytes - (this.#arrived.get(name) ?? 0);
    this.#arrived.set(name, bytes);
  }

  #report(name: string, status: TransferProgress['status']): void {
    this.#tell({
      name,
      status,
      bytes: this.#arrived.get(name) ?? 0,
      size: this.#missing.get(name)?.size,
      all: { files: this.#files, count: this.#count, bytes: this.#bytes, size: this.#size },
    });
  }
}

/** Looks which files are missing or have the wrong size, and begins to count. */
export async function transferTotals(
  wanted: readonly WantedFile[],
  options: {
    readonly fileSystem: FileSystem;
    readonly signal: AbortSignal;
    readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  },
): Promise<TransferTotals> {
  const missing: WantedFile[] = [];
  // Nobody is told: then nothing needs to be looked at.
  for (const file of options.onProgress === undefined ? [] : wanted) {
    const expected = { size: file.size, sha1: undefined };
    const state = await cachedState(file.path, { ...options, expected, verify: 'size' });
    if (state.status !== 'good') missing.push(file);
  }
  return new TransferTotals({ count: wanted.length, missing, tell: options.onProgress });
}
