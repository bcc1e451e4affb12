import { Subject, type Observable } from 'rxjs';
import type { DatasetName } from '../hst/dataset-name.ts';
import type { CaldpError } from '../errors/caldp-error.ts';
import type { Warning } from '../errors/warning.ts';
import type { Outcome, Stage } from './events.ts';

/** What observers are told: progress display, log, metrics, event lines. Times are milliseconds since 1970. */
export type PipelineEvent =
  | { readonly type: 'admitted'; readonly at: number; readonly dataset: DatasetName }
  | {
      readonly type: 'stage-started';
      readonly at: number;
      readonly dataset: DatasetName;
      readonly stage: Stage;
    }
  | {
      readonly type: 'stage-finished';
      readonly at: number;
      readonly dataset: DatasetName;
      readonly stage: Stage;
      readonly milliseconds: number;
    }
  | {
      readonly type: 'stage-retried';
      readonly at: number;
      readonly dataset: DatasetName;
      readonly stage: Stage;
      readonly error: CaldpError;
      /** Milliseconds until the next try. */
      readonly delay: number;
    }
  | {
      readonly type: 'warning';
      readonly at: number;
      readonly dataset: DatasetName;
      readonly stage: Stage;
      readonly warning: Warning;
    }
  | {
      readonly type: 'settled';
      readonly at: number;
      readonly outcome: Outcome;
      /** Since the dataset was admitted; 0 for what was refused at the door. */
      readonly milliseconds: number;
    };

/**
 * The one hot stream of pipeline events. Observers never sit in the data path: what they do cannot delay or fail a dataset,
 * and who subscribes late has missed what was.
 */
export class Telemetry {
  readonly #subject = new Subject<PipelineEvent>();

  get events(): Observable<PipelineEvent> {
    return this.#subject.asObservable();
  }

  emit(event: PipelineEvent): void {
    this.#subject.next(event);
  }
}
