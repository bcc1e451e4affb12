import { setMaxListeners } from 'node:events';

/**
 * How a run is asked to stop, in two degrees: `drain` admits no further dataset and lets those in flight finish,
 * `abort` makes every step give up. Both can be called more than once.
 */
export class Shutdown {
  readonly #drain = new AbortController();
  readonly #abort = new AbortController();

  constructor() {
    // One listener for each step in flight is the rule here, not a leak.
    setMaxListeners(0, this.#drain.signal, this.#abort.signal);
  }

  /** Aborted once no further dataset is to be admitted. */
  get draining(): AbortSignal {
    return this.#drain.signal;
  }

  /** Aborted once steps are to give up. */
  get aborting(): AbortSignal {
    return this.#abort.signal;
  }

  /** Admits no further dataset. */
  drain(): void {
    this.#drain.abort();
  }

  /** Admits no further dataset and makes every step give up. */
  abort(): void {
    this.#drain.abort();
    this.#abort.abort();
  }
}
