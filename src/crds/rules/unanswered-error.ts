import { CaldpError } from '../../errors/caldp-error.ts';

/** A header for which the rules give no answer at all; it fails the dataset with `BESTREFS_ERROR`. */
export class UnansweredError extends CaldpError {
  override readonly name = 'UnansweredError';
  /** What the Python client says of it, word for word. */
  readonly answer: string;

  constructor(
    message: string,
    options: {
      readonly code: 'CRDS_HEADER_INVALID' | 'CRDS_INSTRUMENT_UNKNOWN';
      readonly advice: string;
      readonly answer: string;
    },
  ) {
    super(message, { code: options.code, advice: options.advice, exit: 'BESTREFS_ERROR' });
    this.answer = options.answer;
  }
}
