import type { BigIntStats, Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../../ports/file-system.ts';
import type { SourceProblem } from '../source-problem.ts';
import { dropRole } from './drop-role.ts';
import type { Differences, FolderContents } from './folder-contents.ts';
import { folderProblem } from './folder-problem.ts';
import { inGroups } from './in-groups.ts';
import { presentStats } from './present-stats.ts';
import { pathOf, type SeenFile } from './seen-file.ts';
import { folderVersionOf, newFolder, type SeenFolder } from './seen-folder.ts';

/** What one look at a drop folder works with. */
export interface FolderLookOptions {
  readonly root: string;
  /** How many levels of folders below the root are looked into. */
  readonly depth: number;
  readonly fileSystem: FileSystem;
  /** Milliseconds on a clock that never goes back. */
  readonly now: number;
  /** Milliseconds since 1970, to compare with times of change. */
  readonly wallTime: number;
  readonly signal: AbortSignal;
}

/** Milliseconds within which some file systems give two changes the same time. */
const coarseness = 2000;
/** In a folder with more files than this a change of the folder alone does not make every file be looked at. */
const manyFiles = 1000;

/**
 * One look at a drop folder: compares folders and files that it is told to look at with what is known, and brings that up to date.
 * Looks at each folder once at most.
 */
export class FolderLook {
  /** What is different from the look before. */
  readonly differences: Differences = { changed: [], removed: [] };
  readonly problems: SourceProblem[] = [];
  readonly #contents: FolderContents;
  readonly #options: FolderLookOptions;
  readonly #done = new Set<SeenFolder>();

  constructor(contents: FolderContents, options: FolderLookOptions) {
    this.#contents = contents;
    this.#options = options;
  }

  /** Looks at a folder; lists it where it changed or `listing` says so, and looks at what is new in it. */
  async visit(
    path: string,
    { depth, listing }: { readonly depth: number; readonly listing: boolean },
  ): Promise<void> {
    const { fileSystem, signal } = this.#options;
    const known = this.#contents.folder(path);
    if (known !== undefined && this.#done.has(known)) return;
    try {
      const stats = await fileSystem.stat(path, { bigint: true });
      if (known?.version === folderVersionOf(stats) && !known.unsure && !listing) {
        this.#done.add(known);
        return;
      }
      const entries = await fileSystem.readdir(path, { withFileTypes: true });
      const folder = known ?? newFolder(path, { depth });
      this.#contents.add(folder);
      this.#done.add(folder);
      this.#update(folder, stats);
      await this.#compare(folder, entries);
    } catch (error) {
      signal.throwIfAborted();
      this.#lose(path, error);
    }
  }

  /** Looks at files that are known. */
  async lookAtFiles(files: readonly SeenFile[]): Promise<void> {
    const { now, signal } = this.#options;
    const { differences } = this;
    await inGroups(files, async (file) => {
      signal.throwIfAborted();
      const folder = this.#contents.folder(file.folder);
      if (folder === undefined || !this.#contents.isPresent(file)) return;
      try {
        const stats = await presentStats(pathOf(file), this.#options);
        if (stats?.isFile() === true) {
          this.#contents.meet(folder, { ...file, stats, now, differences });
        } else this.#contents.drop(file, differences);
      } catch (error) {
        this.#lose(file.folder, error);
      }
    });
  }

  #update(folder: SeenFolder, stats: BigIntStats): void {
    const { wallTime, now } = this.#options;
    const version = folderVersionOf(stats);
    const age = wallTime - Number(stats.mtimeMs);
    if (folder.version !== version) folder.changedAt = now - Math.max(age, 0);
    folder.version = version;
    folder.identity = `${String(stats.dev)}.${String(stats.ino)}.${String(stats.birthtimeNs)}`;
    folder.unsure = age < coarseness;
  }

  /** What cannot be listed stays as it was known; what is gone goes. */
  #lose(path: string, error: unknown): void {
    const problem = folderProblem(error, { folder: path, isRoot: path === this.#options.root });
    if (problem !== undefined) this.problems.push(problem);
    const known = this.#contents.folder(path);
    if (known === undefined) {
      // That it can be read one day changes nothing in the folder above, which has to be listed again for it.
      const above = this.#contents.folder(dirname(path));
      if (above !== undefined && problem !== undefined) above.unsure = true;
      return;
    }
    const isGone = problem === undefined || problem.code === 'WATCH_ROOT_MISSING';
    if (isGone) this.#contents.forget(known, this.differences);
    else known.unsure = true;
  }

  async #compare(folder: SeenFolder, entries: readonly Dirent[]): Promise<void> {
    const visible = entries.filter(({ name }) => !name.startsWith('.'));
    this.#leave(folder, new Set(visible.map(({ name }) => name)));
    const files = visible.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    await this.#meetFiles(folder, files);
    for (const entry of visible) {
      if (entry.isDirectory()) await this.#meetFolder(folder, entry.name);
    }
  }

  /** Drops what is not among the names in a folder. */
  #leave(folder: SeenFolder, names: ReadonlySet<string>): void {
    for (const file of folder.files.values()) {
      if (!names.has(file.name)) this.#contents.drop(file, this.differences);
    }
    for (const path of folder.folders) {
      const below = this.#contents.folder(path);
      if (below !== undefined && !names.has(path.slice(folder.path.length + 1))) {
        this.#contents.forget(below, this.differences);
      }
    }
  }

  async #meetFolder(folder: SeenFolder, name: string): Promise<void> {
    const path = join(folder.path, name);
    if (folder.depth >= this.#options.depth || this.#contents.folder(path) !== undefined) return;
    this.#options.signal.throwIfAborted();
    await this.visit(path, { depth: folder.depth + 1, listing: true });
    folder.folders.add(path);
  }

  async #meetFiles(folder: SeenFolder, names: readonly string[]): Promise<void> {
    const { now, signal } = this.#options;
    const { differences } = this;
    const few = names.length <= manyFiles;
    const unknown = names.filter((name) => few || !folder.files.has(name));
    await inGroups(unknown, async (name) => {
      const role = dropRole(name);
      if (role === undefined) return;
      signal.throwIfAborted();
      const stats = await presentStats(join(folder.path, name), this.#options);
      if (stats === undefined) folder.unsure = true;
      else if (stats.isFile()) this.#contents.meet(folder, { name, role, stats, now, differences });
    });
  }
}
