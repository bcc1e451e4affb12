import type { PipelineEvent } from '../../streams/telemetry.ts';
import { duration } from './duration.ts';
import { outcomeWords } from './outcome-words.ts';

/** The line that an event is worth where there is no terminal to draw on, or undefined. */
export function plainLine(event: PipelineEvent): string | undefined {
  switch (event.type) {
    case 'admitted':
    case 'stage-started':
    case 'stage-finished':
      return undefined;
    case 'stage-retried':
      return `${event.dataset.id}: ${event.stage} is tried again in ${duration(event.delay)}: ${event.error.message}`;
    case 'warning':
      if (event.warning.severity === 'note') return undefined;
      return `${event.dataset.id}: warning in ${event.stage}: ${event.warning.message}`;
    case 'settled': {
      const { name, outcome, where, why } = outcomeWords(event.outcome);
      const place = where === '' ? '' : ` ${where}`;
      const reason = why === '' ? '' : `: ${why}`;
      return `${name}: ${outcome} after ${duration(event.milliseconds)}${place}${reason}`;
    }
  }
}
