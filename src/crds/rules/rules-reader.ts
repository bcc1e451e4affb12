/** Where files of rules are read from. */
export interface RulesReader {
  /**
   * The bytes of a `.pmap`, `.imap` or `.rmap`.
   *
   * @throws CaldpError `CRDS_RULES_MISSING` when there is none and none can be fetched.
   */
  read(name: string, options: { readonly signal: AbortSignal }): Promise<Uint8Array>;
}
