import type { FileSystem } from '../ports/file-system.ts';

/** How old a change of the folder must be, in milliseconds, before a later one is sure to have another time. */
const tick = 2000;

interface Remembered {
  readonly change: string;
  readonly names: ReadonlySet<string>;
}

/**
 * The names in one folder, listed again only when the folder has changed: each dataset looks for its files there several times,
 * and in a folder of ten thousand files that would cost more than all other steps together.
 *
 * A folder gets a new time of modification when a name comes or goes. A listing that was made within the tick of such a time
 * is not kept, because what came after it may have got the same time. Holds the names of the folder.
 */
export class FolderListing {
  readonly folder: string;
  #last: Remembered | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The names; `list` is what reads them. */
  async names(
    list: () => Promise<ReadonlySet<string>>,
    { fileSystem }: { readonly fileSystem: FileSystem },
  ): Promise<ReadonlySet<string>> {
    const { dev, ino, mtimeNs, mtimeMs } = await fileSystem.stat(this.folder, { bigint: true });
    const change = `${String(dev)} ${String(ino)} ${String(mtimeNs)}`;
    if (this.#last?.change === change) return this.#last.names;
    const isSettled = Date.now() - Number(mtimeMs) > tick;
    const names = await list();
    this.#last = isSettled ? { change, names } : undefined;
    return names;
  }
}
