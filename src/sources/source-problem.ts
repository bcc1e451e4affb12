/** What keeps a source from seeing everything. It goes on trying; nothing is lost, but things may come late. */
export interface SourceProblem {
  /** Stable, for programs; documented in `docs/failures.md`. */
  readonly code: string;
  /** What it is about: a path. */
  readonly subject: string;
  /** One full sentence. */
  readonly message: string;
  /** What can be done: one sentence. */
  readonly advice: string;
}
