import type { FileDigest } from '../ports/file-digest.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { digestFile } from './digest-file.ts';

/**
 * Digests of files that do not change, such as references: each is read once for as long as its size and time stay the same.
 * Holds one short record for each file.
 */
export class FileDigests {
  readonly #fileSystem: FileSystem;
  readonly #known = new Map<string, { readonly stamp: string; readonly digest: FileDigest }>();

  constructor(options: { readonly fileSystem: FileSystem }) {
    this.#fileSystem = options.fileSystem;
  }

  async of(path: string, options: { readonly signal: AbortSignal }): Promise<FileDigest> {
    const { size, mtimeMs, ino } = await this.#fileSystem.stat(path);
    const stamp = [size, mtimeMs, ino].join(' ');
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.digest;
    const digest = await digestFile(path, { fileSystem: this.#fileSystem, ...options });
    this.#known.set(path, { stamp, digest });
    return digest;
  }
}
