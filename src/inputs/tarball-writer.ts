import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSystem } from '../ports/file-system.ts';

/** What happens to the files that come out of a tarball, in order. */
export type MemberEvent =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' };

/** Writes files one after the other into a folder, each of them new. */
export class TarballWriter {
  readonly #folder: string;
  readonly #fileSystem: FileSystem;
  #file: FileHandle | undefined;

  constructor(folder: string, options: { readonly fileSystem: FileSystem }) {
    this.#folder = folder;
    this.#fileSystem = options.fileSystem;
  }

  /** Does what the events say and returns when it is done. */
  async write(events: readonly MemberEvent[]): Promise<void> {
    for (const event of events) {
      switch (event.kind) {
        case 'begin':
          this.#file = await this.#fileSystem.open(join(this.#folder, event.name), 'wx', 0o644);
          break;
        case 'data':
          await this.#file?.writeFile(event.bytes);
          break;
        case 'end':
          await this.close();
          break;
      }
    }
  }

  /** Closes the file that is open, if one is. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}
