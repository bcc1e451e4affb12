/** What loading a configuration depends on. */
export interface ConfigurationOptions {
  /** Our own environment. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Folder that a relative path of a script starts from. */
  readonly base: string;
  /** Milliseconds that a script may take; default 30 000. */
  readonly deadline?: number;
  readonly signal: AbortSignal;
}
