/** Something odd that is no failure: nothing is lost, but the user should know. */
export interface Warning {
  /** Stable, for programs: `DRIZZLE_MISSING`. Documented in `docs/failures.md`. */
  readonly code: string;
  /** One full sentence. */
  readonly message: string;
  /** `note`: for the record only; displays leave it out. */
  readonly severity?: 'note';
}
