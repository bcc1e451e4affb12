import { exitCodes } from '../errors/exit-codes.ts';
import type { Outcome } from '../streams/events.ts';

/** How bad an outcome is for the run: the worst class decides, and within it the first. */
function severity(outcome: Outcome): { readonly rank: number; readonly code: number } {
  switch (outcome.status) {
    case 'failed':
      return { rank: 4, code: outcome.error.exitCode };
    case 'interrupted':
      return { rank: 3, code: exitCodes.GENERIC_ERROR };
    case 'skipped':
      return outcome.because === 'held'
        ? { rank: 2, code: exitCodes.GENERIC_ERROR }
        : { rank: 0, code: exitCodes.SUCCESS };
    case 'rejected':
      return { rank: 1, code: outcome.error.exitCode };
    case 'published': {
      const { previewFailure } = outcome;
      return previewFailure === undefined
        ? { rank: 0, code: exitCodes.SUCCESS }
        : { rank: 4, code: previewFailure.exitCode };
    }
  }
}

/** Folds the outcomes of a run into the exit code of the process: 0 only when every dataset is published. */
export class ExitCode {
  #rank = 0;
  #code: number = exitCodes.SUCCESS;

  add(outcome: Outcome): void {
    const { rank, code } = severity(outcome);
    if (rank <= this.#rank) return;
    this.#rank = rank;
    this.#code = code;
  }

  get value(): number {
    return this.#code;
  }
}
