/** A waiting that others can end. */
export class Wake {
  #resolve: (() => void) | undefined;
  #pending = false;

  /** Ends the present waiting, or the next one where nobody waits. */
  now(): void {
    this.#pending = true;
    this.#resolve?.();
  }

  /** Waits to be woken, for at most some milliseconds; rejects with the reason of the signal. */
  async wait({
    most,
    signal,
  }: {
    readonly most: number;
    readonly signal: AbortSignal;
  }): Promise<void> {
    signal.throwIfAborted();
    if (!this.#pending && most > 0) await this.#sleep(most, signal);
    this.#pending = false;
    signal.throwIfAborted();
  }

  async #sleep(most: number, signal: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#resolve = resolve;
      signal.addEventListener('abort', this.#stop);
      if (Number.isFinite(most)) timer = setTimeout(resolve, Math.min(most, 2 ** 31 - 1));
    });
    clearTimeout(timer);
    signal.removeEventListener('abort', this.#stop);
    this.#resolve = undefined;
  }

  readonly #stop = (): void => {
    this.#resolve?.();
  };
}
