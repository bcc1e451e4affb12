import type { BigIntStats, Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSystem } from '../../ports/file-system.ts';
import { fileRole } from './file-role.ts';
import { folderProblem } from './folder-problem.ts';
import type { SourceProblem } from '../source-problem.ts';
import { pathOf, type SeenFile } from './seen-file.ts';

/** What a look at the drop folder found to be different from the look before. */
export interface Changes {
  /** New files and new versions of files. */
  readonly changed: readonly SeenFile[];
  /** Files that are gone and former versions of files. */
  readonly removed: readonly SeenFile[];
  readonly problems: readonly SourceProblem[];
}

/** How a folder is looked at. */
export interface FolderTreeOptions {
  readonly fileSystem: FileSystem;
  readonly depth: number;
  readonly stable: number;
}

/** What a look needs to know. */
export interface LookOptions {
  /** Milliseconds on a clock that never goes back. */
  readonly now: number;
  /** Milliseconds since 1970, to compare with times of change. */
  readonly wallTime: number;
  /** Paths of which somebody says that they changed. */
  readonly hints: ReadonlySet<string>;
  /** How many files and folders that have long been the same are looked at again. */
  readonly idleLooks: number;
  readonly signal: AbortSignal;
}

interface SeenFolder {
  readonly path: string;
  readonly depth: number;
  readonly files: Map<string, SeenFile>;
  readonly folders: Set<string>;
  identity: string;
  version: string;
  /** When its version last changed, on the clock that never goes back. */
  changedAt: number;
  /** To be listed at the next look whatever its version says. */
  unsure: boolean;
}

interface Looking extends LookOptions {
  readonly changed: SeenFile[];
  readonly removed: SeenFile[];
  readonly problems: SourceProblem[];
  /** Folders that were looked at already. */
  readonly done: Set<SeenFolder>;
}

/** Milliseconds for which a folder that changed is looked at every time. */
const activeFor = 60_000;
/** Milliseconds within which some file systems give two changes the same time. */
const coarseness = 2000;
/** In a folder with more files than this a change of the folder alone does not make every file be looked at. */
const manyFiles = 1000;
const atOnce = 32;

/**
 * What a drop folder holds, brought up to date by looks. Folders and files that changed lately are
 * looked at every time; everything else in turn, `idleLooks` at a time, so that many idle files cost little. Holds a record of
 * some 300 bytes for each file that can belong to a dataset. Links to files are followed, links to folders are not; names that
 * begin with a dot are left out.
 */
export class FolderTree {
  readonly #root: string;
  readonly #fileSystem: FileSystem;
  readonly #depth: number;
  readonly #stable: number;
  readonly #folders = new Map<string, SeenFolder>();
  readonly #unsettled = new Set<SeenFile>();
  #turn: Iterator<SeenFolder | SeenFile>;
  #fileCount = 0;

  /**
   * @param options.depth - how many levels of folders below the root are looked into
   * @param options.stable - milliseconds for which a file that changed is looked at every time
   */
  constructor(root: string, options: FolderTreeOptions) {
    this.#root = root;
    this.#fileSystem = options.fileSystem;
    this.#depth = options.depth;
    this.#stable = options.stable;
    this.#turn = this.#everything();
  }

  get counts(): { readonly files: number; readonly folders: number } {
    return { files: this.#fileCount, folders: this.#folders.size };
  }

  /** How many files changed lately. */
  get unsettled(): number {
    return this.#unsettled.size;
  }

  /** Which folder the root is, or undefined where it is not there: another one after it was removed and made anew. */
  get rootIdentity(): string | undefined {
    return this.#folders.get(this.#root)?.identity;
  }

  async look(options: LookOptions): Promise<Changes> {
    const looking: Looking = {
      ...options,
      changed: [],
      removed: [],
      problems: [],
      done: new Set(),
    };
    await this.#visit(this.#root, { depth: 0, listing: options.hints.has(this.#root), looking });
    await this.#visitActive(looking);
    await this.#lookAtFiles([...this.#unsettled], looking);
    for (const file of this.#unsettled) {
      if (options.now - file.seenAt >= this.#stable) this.#unsettled.delete(file);
    }
    await this.#takeTurn(looking);
    return looking;
  }

  async #visitActive(looking: Looking): Promise<void> {
    const { hints, now, signal } = looking;
    const hinted = new Set([...hints].flatMap((path) => [path, dirname(path)]));
    const active = [...this.#folders.values()].filter(
      (folder) => folder.unsure || now - folder.changedAt < activeFor || hinted.has(folder.path),
    );
    for (const { path, depth } of active) {
      signal.throwIfAborted();
      await this.#visit(path, { depth, listing: hinted.has(path), looking });
    }
    const files = [...hints].flatMap((path) => this.#fileAt(path) ?? []);
    await this.#lookAtFiles(files, looking);
  }

  #fileAt(path: string): SeenFile | undefined {
    const folder = this.#folders.get(dirname(path));
    return folder?.files.get(path.slice(folder.path.length + 1));
  }

  async #takeTurn(looking: Looking): Promise<void> {
    const files: SeenFile[] = [];
    const most = Math.min(looking.idleLooks, this.#folders.size + this.#fileCount);
    for (let looks = 0; looks < most; looks += 1) {
      const next = this.#turn.next();
      if (next.done === true) {
        this.#turn = this.#everything();
        break;
      }
      if ('files' in next.value) {
        await this.#visit(next.value.path, { depth: next.value.depth, listing: false, looking });
      } else {
        files.push(next.value);
      }
    }
    await this.#lookAtFiles(files, looking);
  }

  *#everything(): Iterator<SeenFolder | SeenFile> {
    for (const folder of this.#folders.values()) {
      yield folder;
      yield* folder.files.values();
    }
  }

  async #visit(
    path: string,
    { depth, listing, looking }: { depth: number; listing: boolean; looking: Looking },
  ): Promise<void> {
    const known = this.#folders.get(path);
    if (known !== undefined && looking.done.has(known)) return;
    try {
      const stats = await this.#fileSystem.stat(path, { bigint: true });
      const version = versionOf(stats);
      if (known?.version === version && !known.unsure && !listing) {
        looking.done.add(known);
        return;
      }
      const entries = await this.#fileSystem.readdir(path, { withFileTypes: true });
      const folder = known ?? newFolder(path, depth);
      this.#folders.set(path, folder);
      looking.done.add(folder);
      const age = looking.wallTime - Number(stats.mtimeMs);
      if (folder.version !== version) folder.changedAt = looking.now - Math.max(age, 0);
      folder.version = version;
      folder.identity = `${String(stats.dev)}.${String(stats.ino)}.${String(stats.birthtimeNs)}`;
      folder.unsure = age < coarseness;
      await this.#compare(folder, { entries, looking });
    } catch (error) {
      looking.signal.throwIfAborted();
      this.#lose(path, { error, looking });
    }
  }

  /** What cannot be listed stays as it was known; what is gone goes. */
  #lose(path: string, { error, looking }: { error: unknown; looking: Looking }): void {
    const problem = folderProblem(error, { folder: path, isRoot: path === this.#root });
    if (problem !== undefined) looking.problems.push(problem);
    const known = this.#folders.get(path);
    if (known === undefined) return;
    if (problem === undefined || problem.code === 'WATCH_ROOT_MISSING')
      this.#forget(known, looking);
    else known.unsure = true;
  }

  #forget(folder: SeenFolder, looking: Looking): void {
    for (const path of folder.folders) {
      const below = this.#folders.get(path);
      if (below !== undefined) this.#forget(below, looking);
    }
    for (const file of folder.files.values()) this.#drop(file, looking);
    this.#folders.delete(folder.path);
    this.#folders.get(dirname(folder.path))?.folders.delete(folder.path);
  }

  async #compare(
    folder: SeenFolder,
    { entries, looking }: { entries: readonly Dirent[]; looking: Looking },
  ): Promise<void> {
    const visible = entries.filter(({ name }) => !name.startsWith('.'));
    const names = new Set(visible.map(({ name }) => name));
    for (const file of folder.files.values()) {
      if (!names.has(file.name)) this.#drop(file, looking);
    }
    for (const path of folder.folders) {
      const below = this.#folders.get(path);
      if (below !== undefined && !names.has(path.slice(folder.path.length + 1))) {
        this.#forget(below, looking);
      }
    }
    const files = visible.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    await this.#meetFiles(folder, { names: files, looking });
    for (const entry of visible) {
      if (entry.isDirectory()) await this.#meetFolder(folder, { name: entry.name, looking });
    }
  }

  async #meetFolder(
    folder: SeenFolder,
    { name, looking }: { name: string; looking: Looking },
  ): Promise<void> {
    const path = join(folder.path, name);
    if (folder.depth >= this.#depth || this.#folders.has(path)) return;
    looking.signal.throwIfAborted();
    await this.#visit(path, { depth: folder.depth + 1, listing: true, looking });
    folder.folders.add(path);
  }

  async #meetFiles(
    folder: SeenFolder,
    { names, looking }: { names: readonly string[]; looking: Looking },
  ): Promise<void> {
    const few = names.length <= manyFiles;
    const unknown = names.filter((name) => few || !folder.files.has(name));
    await inGroups(unknown, async (name) => {
      const role = fileRole(name);
      if (role === undefined) return;
      looking.signal.throwIfAborted();
      const stats = await this.#statsOf(join(folder.path, name));
      if (stats === undefined) folder.unsure = true;
      else if (stats.isFile()) this.#meet(folder, { name, role, stats, looking });
    });
  }

  async #lookAtFiles(files: readonly SeenFile[], looking: Looking): Promise<void> {
    await inGroups(files, async (file) => {
      looking.signal.throwIfAborted();
      const folder = this.#folders.get(file.folder);
      if (folder?.files.get(file.name) !== file) return;
      try {
        const stats = await this.#statsOf(pathOf(file));
        if (stats?.isFile() === true) this.#meet(folder, { ...file, stats, looking });
        else this.#drop(file, looking);
      } catch (error) {
        this.#lose(file.folder, { error, looking });
      }
    });
  }

  #meet(
    folder: SeenFolder,
    {
      name,
      role,
      stats,
      looking,
    }: Pick<SeenFile, 'name' | 'role'> & { readonly stats: BigIntStats; readonly looking: Looking },
  ): void {
    const version = versionOf(stats);
    const known = folder.files.get(name);
    if (known?.version === version) return;
    if (known !== undefined) this.#drop(known, looking);
    const modified = Number(stats.mtimeMs);
    const seenAt = looking.now;
    const file = { folder: folder.path, name, role, version, modified, seenAt };
    folder.files.set(name, file);
    this.#unsettled.add(file);
    this.#fileCount += 1;
    looking.changed.push(file);
  }

  #drop(file: SeenFile, looking: Looking): void {
    const folder = this.#folders.get(file.folder);
    if (folder?.files.get(file.name) !== file) return;
    folder.files.delete(file.name);
    this.#unsettled.delete(file);
    this.#fileCount -= 1;
    looking.removed.push(file);
  }

  /** Undefined where there is nothing (any more), or a link that leads nowhere. */
  async #statsOf(path: string): Promise<BigIntStats | undefined> {
    try {
      return await this.#fileSystem.stat(path, { bigint: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // ENOENT and ENOTDIR: it went away since it was listed. ELOOP: a link to itself.
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
      throw error;
    }
  }
}

function newFolder(path: string, depth: number): SeenFolder {
  const files = new Map<string, SeenFile>();
  const folders = new Set<string>();
  return { path, depth, files, folders, identity: '', version: '', changedAt: 0, unsure: false };
}

function versionOf({ size, mtimeNs, ino }: BigIntStats): string {
  return `${String(size)}.${String(mtimeNs)}.${String(ino)}`;
}

async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(items.slice(start, start + atOnce).map(work));
  }
}
