/** When datasets are to be looked at although nothing changed, on a clock that never goes back. */
export class Agenda {
  readonly #times = new Map<string, number>();

  /** Replaces what was set before. */
  set(id: string, at: number): void {
    this.#times.set(id, at);
  }

  delete(id: string): void {
    this.#times.delete(id);
  }

  /** The datasets that are to be looked at at some time. */
  ids(): Iterable<string> {
    return this.#times.keys();
  }

  /** The datasets whose time has come. */
  *due(now: number): Generator<string> {
    for (const [id, at] of this.#times) {
      if (at <= now) yield id;
    }
  }

  /** The next time; Infinity where there is none. */
  get next(): number {
    let next = Infinity;
    for (const at of this.#times.values()) next = Math.min(next, at);
    return next;
  }
}
