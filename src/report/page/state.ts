import type { Outcome } from '../../streams/events.ts';

/** How a dataset ended, for the eye: a word, a sign that does not need colours, and a class of the style sheet. */
export interface StateWords {
  readonly word: string;
  readonly sign: string;
  readonly tone: 'good' | 'quiet' | 'odd' | 'bad';
}

/** The state of a dataset; undefined stands for one under way. */
export function stateOf(outcome: Outcome | undefined): StateWords {
  if (outcome === undefined) return { word: 'unfinished', sign: '…', tone: 'odd' };
  switch (outcome.status) {
    case 'published':
      return { word: 'published', sign: '✓', tone: 'good' };
    case 'skipped':
      return { word: 'skipped', sign: '–', tone: 'quiet' };
    case 'interrupted':
      return { word: 'interrupted', sign: '‖', tone: 'odd' };
    case 'failed':
      return { word: 'failed', sign: '✗', tone: 'bad' };
    case 'rejected':
      return { word: 'rejected', sign: '✗', tone: 'bad' };
  }
}
