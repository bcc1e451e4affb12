/** The bytes of something at a URI, as they arrive. */
export interface UriBody {
  /** In bytes, where the sender tells. */
  readonly size: number | undefined;
  /** To be read to its end or to be returned early; both free the connection. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Brings what a URI names; one for each scheme: HTTP here, S3 over the S3 store. */
export interface UriFetcher {
  /**
   * Opens a URI.
   *
   * @throws CaldpError `CRDS_DOWNLOAD_FAILED`; its `retry` tells whether trying again can help.
   */
  open(uri: string, options: { readonly signal: AbortSignal }): Promise<UriBody>;
  /** Names of what lies directly in a folder; absent where folders cannot be looked into. Throws as `open`. */
  list?(folder: string, options: { readonly signal: AbortSignal }): Promise<readonly string[]>;
}
