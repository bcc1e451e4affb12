const none: ReadonlySet<string> = new Set();

/** Which associations and mosaics name which exposures, both ways. */
export class MemberLinks {
  readonly #dependents = new Map<string, Set<string>>();
  readonly #members = new Map<string, readonly string[]>();

  /** The datasets that name an exposure by its root name. */
  dependents(root: string): ReadonlySet<string> {
    return this.#dependents.get(root) ?? none;
  }

  /** Replaces what a dataset names; answers the roots that are named newly or no more. */
  update(id: string, roots: readonly string[]): readonly string[] {
    const former = this.#members.get(id) ?? [];
    if (former.join() === roots.join()) return [];
    for (const root of former) this.#unlink(root, id);
    for (const root of roots) {
      const dependents = this.#dependents.get(root);
      if (dependents === undefined) this.#dependents.set(root, new Set([id]));
      else dependents.add(id);
    }
    if (roots.length === 0) this.#members.delete(id);
    else this.#members.set(id, roots);
    return [...former, ...roots];
  }

  #unlink(root: string, id: string): void {
    const dependents = this.#dependents.get(root);
    dependents?.delete(id);
    if (dependents?.size === 0) this.#dependents.delete(root);
  }
}
