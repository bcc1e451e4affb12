/** What was found out about one thing that caldp needs. */
export interface Finding {
  readonly name: string;
  /** `missing`: some things cannot be done without it. `bad`: caldp does not work. */
  readonly verdict: 'good' | 'missing' | 'bad';
  /** How it is: a version, a number. */
  readonly found: string;
  /** What to do; empty where it is good. */
  readonly advice: string;
}
