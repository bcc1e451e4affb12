import type { Outcome } from '../../streams/events.ts';

/** What a person reads of one outcome. */
export interface OutcomeWords {
  /** The dataset, or the text that names none. */
  readonly name: string;
  readonly outcome: string;
  /** Where the products are, or where the work directory was kept. */
  readonly where: string;
  /** Why it ended so; what to do follows where there is something to do. */
  readonly why: string;
  /** Warnings, one sentence each. */
  readonly notes: readonly string[];
}

/** One outcome in words, the same in every display. */
export function outcomeWords(outcome: Outcome): OutcomeWords {
  switch (outcome.status) {
    case 'published':
      return {
        name: outcome.dataset.id,
        outcome: outcome.previewFailure === undefined ? 'published' : 'published, previews failed',
        where: outcome.location,
        why: '',
        notes: outcome.warnings
          .filter(({ severity }) => severity !== 'note')
          .map(({ message }) => message),
      };
    case 'skipped':
      return words(outcome.dataset.id, `skipped (${outcome.because})`, '', outcome.reason);
    case 'failed': {
      const { error, stage, work } = outcome;
      const why = `${error.message} ${error.advice} [${error.code}, exit ${String(error.exitCode)}]`;
      return words(outcome.dataset.id, `failed in ${stage}`, work?.folder ?? '', why);
    }
    case 'interrupted':
      return words(
        outcome.dataset.id,
        `interrupted in ${outcome.stage}`,
        '',
        'The run was told to stop; the next run takes it up again.',
      );
    case 'rejected': {
      const { error } = outcome;
      const why = `${error.message} ${error.advice} [${error.code}, exit ${String(error.exitCode)}]`;
      return words(outcome.text === '' ? outcome.origin : outcome.text, 'rejected', '', why);
    }
  }
}

function words(name: string, outcome: string, where: string, why: string): OutcomeWords {
  return { name, outcome, where, why, notes: [] };
}
