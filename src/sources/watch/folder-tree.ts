import { dirname } from 'node:path';
import type { FileSystem } from '../../ports/file-system.ts';
import type { SourceProblem } from '../source-problem.ts';
import { FolderContents } from './folder-contents.ts';
import { FolderLook } from './folder-look.ts';
import type { SeenFile } from './seen-file.ts';

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
  /** How many levels of folders below the root are looked into. */
  readonly depth: number;
  /** Milliseconds for which a file that changed is looked at every time. */
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

/** Milliseconds for which a folder that changed is looked at every time. */
const activeFor = 60_000;

/**
 * What a drop folder holds, brought up to date by looks. Folders and files that changed lately are
 * looked at every time; everything else in turn, `idleLooks` at a time, so that many idle files cost little. Links to files are
 * followed, links to folders are not; names that begin with a dot are left out.
 */
export class FolderTree {
  readonly #root: string;
  readonly #options: FolderTreeOptions;
  readonly #contents = new FolderContents();

  constructor(root: string, options: FolderTreeOptions) {
    this.#root = root;
    this.#options = options;
  }

  get counts(): { readonly files: number; readonly folders: number } {
    return this.#contents.counts;
  }

  /** How many files changed lately. */
  get unsettled(): number {
    return this.#contents.unsettled.size;
  }

  /** Which folder the root is, or undefined where it is not there: another one after it was removed and made anew. */
  get rootIdentity(): string | undefined {
    return this.#contents.folder(this.#root)?.identity;
  }

  async look(options: LookOptions): Promise<Changes> {
    const root = this.#root;
    const look = new FolderLook(this.#contents, { ...this.#options, ...options, root });
    await look.visit(root, { depth: 0, listing: options.hints.has(root) });
    await this.#visitActive(look, options);
    await look.lookAtFiles([...this.#contents.unsettled]);
    this.#contents.settle({ before: options.now - this.#options.stable });
    await this.#takeTurn(look, options);
    return { ...look.differences, problems: look.problems };
  }

  async #visitActive(look: FolderLook, { hints, now, signal }: LookOptions): Promise<void> {
    const hinted = new Set([...hints].flatMap((path) => [path, dirname(path)]));
    const active = [...this.#contents.folders()].filter(
      (folder) => folder.unsure || now - folder.changedAt < activeFor || hinted.has(folder.path),
    );
    for (const { path, depth } of active) {
      signal.throwIfAborted();
      await look.visit(path, { depth, listing: hinted.has(path) });
    }
    await look.lookAtFiles([...hints].flatMap((path) => this.#contents.fileAt(path) ?? []));
  }

  async #takeTurn(look: FolderLook, { idleLooks }: LookOptions): Promise<void> {
    const files: SeenFile[] = [];
    for (const next of this.#contents.inTurn(idleLooks)) {
      if ('files' in next) await look.visit(next.path, { depth: next.depth, listing: false });
      else files.push(next);
    }
    await look.lookAtFiles(files);
  }
}
