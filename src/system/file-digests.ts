import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from './digest-file.ts';

/**
 * Digests of files that do not change, such as references: each is read once for as long as its size and time stay the same.
 * Holds one short record for each file.
 */
export class FileDigests {
  readonly #fs: FileSystem;
  readonly #known = new Map<string, { readonly stamp: string; readonly digest: FileDigest }>();

  constructor(options: { readonly fs: FileSystem }) {
    this.#fs = options.fs;
  }

  async of(path: string, options: { readonly signal: AbortSignal }): Promise<FileDigest> {
    const { size, mtimeMs, ino } = await this.#fs.stat(path);
    const stamp = [size, mtimeMs, ino].join(' ');
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.digest;
    const digest = await digestFile(path, { fs: this.#fs, ...options });
    this.#known.set(path, { stamp, digest });
    return digest;
  }
}
