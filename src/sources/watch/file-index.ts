import type { SeenFile } from './seen-file.ts';

/** The files of a drop folder by their root name, wherever they lie. */
export class FileIndex {
  readonly #byRoot = new Map<string, Set<SeenFile>>();

  /** None where nothing has that root. */
  withRoot(root: string): Iterable<SeenFile> {
    return this.#byRoot.get(root) ?? [];
  }

  add(file: SeenFile): void {
    const files = this.#byRoot.get(file.role.root);
    if (files === undefined) this.#byRoot.set(file.role.root, new Set([file]));
    else files.add(file);
  }

  remove(file: SeenFile): void {
    const files = this.#byRoot.get(file.role.root);
    files?.delete(file);
    if (files?.size === 0) this.#byRoot.delete(file.role.root);
  }

  /**
   * The files of some roots, one for each name: the one in `seat` where there is one, else the one that was written last.
   */
  choose(
    roots: Iterable<string>,
    { seat }: { readonly seat: string },
  ): ReadonlyMap<string, SeenFile> {
    const chosen = new Map<string, SeenFile>();
    for (const root of roots) {
      for (const file of this.withRoot(root)) {
        const other = chosen.get(file.name);
        if (other === undefined || prefers(file, { other, seat })) chosen.set(file.name, file);
      }
    }
    return chosen;
  }
}

function prefers(
  file: SeenFile,
  { other, seat }: { readonly other: SeenFile; readonly seat: string },
): boolean {
  if ((file.folder === seat) !== (other.folder === seat)) return file.folder === seat;
  return file.modified > other.modified;
}
