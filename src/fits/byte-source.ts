/**
 * Bytes that can be read at any position, synchronously: calibration and previews read rows in worker threads.
 * On the event loop, use `readHeaders` and `loadFits`, which read asynchronously.
 */
export interface ByteSource {
  /** For messages. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Fills the whole target from a position.
   * @throws FitsError `TRUNCATED` where the source ends before.
   */
  read(target: Uint8Array, options: { readonly position: number }): void;
  close(): void;
}
