/**
 * What a source remembers of what it has seen: a number for each name. What a whole scan has not seen again is forgotten, so that the
 * memory is bounded by what is in the bucket: some 100 bytes a name.
 */
export class ListingMemory {
  #former = new Map<string, number>();
  #present = new Map<string, number>();

  get size(): number {
    return Math.max(this.#former.size, this.#present.size);
  }

  /** Whether this is what was seen of a name before. If so it is also seen now. */
  knows(name: string, fingerprint: number): boolean {
    if ((this.#present.get(name) ?? this.#former.get(name)) !== fingerprint) return false;
    this.#present.set(name, fingerprint);
    return true;
  }

  remember(name: string, fingerprint: number): void {
    this.#present.set(name, fingerprint);
  }

  /** A scan has seen everything. */
  endScan(): void {
    this.#former = this.#present;
    this.#present = new Map();
  }

  /** A scan was cut off: what it did not come to is still known. */
  breakScan(): void {
    for (const [name, fingerprint] of this.#present) this.#former.set(name, fingerprint);
    this.#present = new Map();
  }
}
