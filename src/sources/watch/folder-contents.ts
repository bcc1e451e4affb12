import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import type { SeenFile } from './seen-file.ts';
import { versionOf, type SeenFolder } from './seen-folder.ts';

/** Gets what is found to be different. */
export interface Differences {
  /** New files and new versions of files. */
  readonly changed: SeenFile[];
  /** Files that are gone and former versions of files. */
  readonly removed: SeenFile[];
}

/** What a drop folder is known to hold. Holds a record of some 300 bytes for each file that can belong to a dataset. */
export class FolderContents {
  readonly #folders = new Map<string, SeenFolder>();
  readonly #unsettled = new Set<SeenFile>();
  #turn: Iterator<SeenFolder | SeenFile>;
  #fileCount = 0;

  constructor() {
    this.#turn = this.#everything();
  }

  get counts(): { readonly files: number; readonly folders: number } {
    return { files: this.#fileCount, folders: this.#folders.size };
  }

  /** Files that changed lately. */
  get unsettled(): ReadonlySet<SeenFile> {
    return this.#unsettled;
  }

  folder(path: string): SeenFolder | undefined {
    return this.#folders.get(path);
  }

  folders(): Iterable<SeenFolder> {
    return this.#folders.values();
  }

  add(folder: SeenFolder): void {
    this.#folders.set(folder.path, folder);
  }

  fileAt(path: string): SeenFile | undefined {
    const folder = this.#folders.get(dirname(path));
    return folder?.files.get(path.slice(folder.path.length + 1));
  }

  /** Whether a record is that of the present version of its file. */
  isPresent(file: SeenFile): boolean {
    return this.#folders.get(file.folder)?.files.get(file.name) === file;
  }

  /** Takes in how a file is now. */
  meet(
    folder: SeenFolder,
    found: Pick<SeenFile, 'name' | 'role'> & {
      readonly stats: BigIntStats;
      readonly now: number;
      readonly differences: Differences;
    },
  ): void {
    const { name, role, stats, now: seenAt, differences } = found;
    const version = versionOf(stats);
    const known = folder.files.get(name);
    if (known?.version === version) return;
    if (known !== undefined) this.drop(known, differences);
    const modified = Number(stats.mtimeMs);
    const file = { folder: folder.path, name, role, version, modified, seenAt };
    folder.files.set(name, file);
    this.#unsettled.add(file);
    this.#fileCount += 1;
    differences.changed.push(file);
  }

  /** Takes in that a file is gone. */
  drop(file: SeenFile, { removed }: Differences): void {
    if (!this.isPresent(file)) return;
    this.#folders.get(file.folder)?.files.delete(file.name);
    this.#unsettled.delete(file);
    this.#fileCount -= 1;
    removed.push(file);
  }

  /** Takes in that a folder is gone, with all that it held. */
  forget(folder: SeenFolder, differences: Differences): void {
    for (const path of folder.folders) {
      const below = this.#folders.get(path);
      if (below !== undefined) this.forget(below, differences);
    }
    for (const file of folder.files.values()) this.drop(file, differences);
    this.#folders.delete(folder.path);
    this.#folders.get(dirname(folder.path))?.folders.delete(folder.path);
  }

  /** Counts files as settled that have been the same since `before`. */
  settle({ before }: { readonly before: number }): void {
    for (const file of this.#unsettled) {
      if (file.seenAt <= before) this.#unsettled.delete(file);
    }
  }

  /** The next folders and files in turn, at most `most`; ends early where the round is over, and begins anew the next time. */
  *inTurn(most: number): Generator<SeenFolder | SeenFile> {
    const all = Math.min(most, this.#folders.size + this.#fileCount);
    for (let count = 0; count < all; count += 1) {
      const next = this.#turn.next();
      if (next.done === true) {
        this.#turn = this.#everything();
        return;
      }
      yield next.value;
    }
  }

  *#everything(): Iterator<SeenFolder | SeenFile> {
    for (const folder of this.#folders.values()) {
      yield folder;
      yield* folder.files.values();
    }
  }
}
